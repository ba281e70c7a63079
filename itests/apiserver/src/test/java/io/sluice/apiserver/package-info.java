/** The server keeps the promises of the Kubernetes API that its users rely on. */
@NullMarked
package io.sluice.apiserver;

import org.jspecify.annotations.NullMarked;
