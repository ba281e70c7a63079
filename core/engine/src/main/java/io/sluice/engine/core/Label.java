package io.sluice.engine.core;

/**
 * One label.
 *
 * @param key its key
 * @param value its value
 */
record Label(String key, String value) {}
