/** Tests of the commands that drive an agent from outside. */
@NullMarked
package io.sluice.launcher.admin;

import org.jspecify.annotations.NullMarked;
