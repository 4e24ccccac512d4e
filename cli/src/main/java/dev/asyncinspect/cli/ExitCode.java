package dev.asyncinspect.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine;

/** What a command ends with; every help text lists them. */
enum ExitCode {
    /** Nothing proven or likely was found; hints do not count. */
    HEALTHY(0, "healthy: no finding, or only hints"),
    /** At least one finding is PROVEN or LIKELY. */
    FINDINGS(1, "at least one finding is PROVEN or LIKELY"),
    /** The command line was wrong. */
    USAGE(2, "wrong command line"),
    /** The JVM could not be reached. */
    UNREACHABLE(3, "the JVM could not be reached or did not answer"),
    /** Something could not be read, or only in part, and what was read shows nothing wrong. */
    INCOMPLETE(4, "incomplete: something could not be read, and what could shows nothing wrong"),
    /** Only {@code test}: the command hung and was stopped. As {@code timeout} of GNU has it. */
    HUNG(124, "the command hung, and was stopped"),
    /** Only {@code test}: the command could not be run. As shells have it. */
    NOT_RUN(126, "the command could not be run");

    private final int code;
    private final String meaning;

    ExitCode(int code, String meaning) {
        this.code = code;
        this.meaning = meaning;
    }

    int code() {
        return code;
    }

    /** Puts the list into the help of this command and all below it, unless a command has one of its own. */
    static void document(CommandLine command) {
        if (!command.getCommandSpec().usageMessage().exitCodeList().isEmpty()) {
            return;
        }
        Map<String, String> list = new LinkedHashMap<>();
        for (ExitCode exit : values()) {
            if (exit.code <= INCOMPLETE.code) {
                list.put(" " + exit.code, exit.meaning);
            }
        }
        CommandLine.Model.UsageMessageSpec usage = command.getCommandSpec().usageMessage();
        usage.exitCodeListHeading("%nExit codes:%n");
        usage.exitCodeList(list);
        command.getSubcommands().values().forEach(ExitCode::document);
    }
}
