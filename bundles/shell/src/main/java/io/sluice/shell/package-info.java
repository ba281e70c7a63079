/**
 * Administration of a running agent: Gogo commands in the scope {@code sluice}, and the socket over
 * which they are run.
 *
 * <p>The commands ({@code sluice:status}, {@code sluice:explain}, ...) are written against {@link
 * io.sluice.api.control.Control} alone. They stand beside those of the framework ({@code lb},
 * {@code scr:list}, {@code start}, ...).
 *
 * <h2>The administration socket</h2>
 *
 * A Unix domain socket, {@code admin.sock}, in the agent's run folder. Who may use it is
 * configuration ({@code io.sluice.shell}): the permissions of the folder and the socket keep others
 * out, and each command is judged by the user that the kernel names as its sender. What may change
 * the agent is logged with that name. From elsewhere it is reached over SSH to the node. A
 * connection is one Gogo session: variables live as long as it does. All numbers are big endian.
 *
 * <pre>
 * request  = length:32 command:length*8          the command in UTF-8
 * answer   = *frame exit
 * frame    = type:8 length:32 bytes:length*8     'o' standard output, 'e' standard error
 * exit     = 'x':8 4:32 status:32                ends the answer
 * </pre>
 *
 * After an answer the client may send the next request or close. The status is 0, or 1 if the
 * command failed: it threw (the message is on standard error then), or it wrote to standard error,
 * as most of the framework's own commands do.
 *
 * <h2>What is known of a command</h2>
 *
 * Each has a manual: its forms, what each form does (ask or change), its arguments and an example.
 * {@code help}, {@code complete} and the right of users who may only ask are answered from it. With
 * {@code --json} a command answers with one JSON document, whose fields keep their names.
 */
@NullMarked
package io.sluice.shell;

import org.jspecify.annotations.NullMarked;
