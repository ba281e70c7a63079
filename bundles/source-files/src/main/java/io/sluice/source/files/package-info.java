/**
 * Event source {@code files}: a directory of Kubernetes manifests.
 *
 * <p>Read are the regular files (or links to such) of the directory itself whose names end in
 * {@code .yaml}, {@code .yml} or {@code .json}. Ignored are subdirectories, other names, and names
 * that begin with a dot or end with {@code ~}: editors and the kubelet use them on the way. What a
 * change on disk means:
 *
 * <ul>
 *   <li>A file that is gone deletes its objects, once the directory has been quiet for a moment.
 *   <li>A file that can't be read, or is empty though it held objects, keeps what it held; so does
 *       each object that is invalid now. The status is DEGRADED and says what to mend.
 *   <li>A directory that can't be read, is gone, or is empty though objects are known of it, is
 *       lost contact: nothing is deleted. To delete the last objects, leave a file that holds none,
 *       for example one comment, and remove the others. When contact is back, the directory must
 *       have been quiet for half a second before its differences count, because it may just be
 *       being filled.
 *   <li>An object that stands in two files is taken from the file whose name sorts first.
 * </ul>
 *
 * <p>A file may be seen while it is being written. It is read once it has been quiet for some
 * milliseconds; if it then ends within a line, is empty or has errors, it is given a quarter of a
 * second. Writing under another name and renaming avoids the question.
 *
 * <p>The kernel's notices make changes visible at once; a look at every file's fingerprint each
 * second finds what they do not tell, for example on network file systems.
 */
@NullMarked
package io.sluice.source.files;

import org.jspecify.annotations.NullMarked;
