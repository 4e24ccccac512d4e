package dev.asyncinspect.testkit;

/**
 * What a program left behind when it ended.
 *
 * @param exitCode as the system tells it: 128 + n if signal n killed it
 * @param stdout all it printed, line ends as {@code \n}
 * @param stderr likewise
 */
public record Ended(int exitCode, String stdout, String stderr) {}
