package dev.asyncinspect.cli;

/** What a command ends with; documented in every help text. */
enum ExitCode {
    /** Nothing proven or likely was found; hints do not count. */
    HEALTHY(0),
    /** At least one finding is PROVEN or LIKELY. */
    FINDINGS(1),
    /** The command line was wrong. */
    USAGE(2),
    /** The JVM could not be reached. */
    UNREACHABLE(3),
    /** A file could not be read, or only in part, and what was read shows nothing wrong. */
    INCOMPLETE(4);

    private final int code;

    ExitCode(int code) {
        this.code = code;
    }

    int code() {
        return code;
    }
}
