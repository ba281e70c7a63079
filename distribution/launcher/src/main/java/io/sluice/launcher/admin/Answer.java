package io.sluice.launcher.admin;

/**
 * What a command answered.
 *
 * @param status its exit status, 0 if it succeeded
 * @param out its standard output
 * @param err its standard error
 */
public record Answer(int status, String out, String err) {}
