package io.sluice.lab.agent;

/**
 * What a command answered.
 *
 * @param status its exit status
 * @param text what it printed
 */
public record Answer(int status, String text) {}
