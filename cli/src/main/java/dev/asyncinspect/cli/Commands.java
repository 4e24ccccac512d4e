package dev.asyncinspect.cli;

import java.util.Collection;
import java.util.List;

/** The commands, in the order of the help text. */
final class Commands {

    /*
     * picocli reads the annotations of every command that it is given, and to do so for all of them takes longer than most
     * commands do. So where the first word is the name of one, it is given that one alone.
     */

    /** Their names. */
    static final List<String> ALL = List.of(
            "why",
            "test",
            "watch",
            "prove",
            "run",
            "record",
            "stop",
            "tasks",
            "task",
            "graph",
            "stats",
            "timeline",
            "events",
            "replay",
            "leaks",
            "config",
            "list",
            "analyze",
            "demo",
            "mcp",
            "info",
            "version",
            "completion");

    /** Those whose last words are a command that is not ours. */
    static final List<String> OF_ANOTHER_COMMAND = List.of("test", "run");

    private static final String NEEDS_ALL = "completion";

    private Commands() {}

    /** The command of this name; it alone is loaded, and not what would make the others either. */
    static Object make(String name) {
        return switch (name) {
            case "why" -> new WhyCommand();
            case "test" -> new TestCommand();
            case "watch" -> new WatchCommand();
            case "prove" -> new ProveCommand();
            case "run" -> new RunCommand();
            case "record" -> new RecordCommand();
            case "stop" -> new StopCommand();
            case "tasks" -> new TasksCommand();
            case "task" -> new TaskCommand();
            case "graph" -> new GraphCommand();
            case "stats" -> new StatsCommand();
            case "timeline" -> new TimelineCommand();
            case "events" -> new EventsCommand();
            case "replay" -> new ReplayCommand();
            case "leaks" -> new LeaksCommand();
            case "config" -> new ConfigCommand();
            case "list" -> new ListCommand();
            case "analyze" -> new AnalyzeCommand();
            case "demo" -> new DemoCommand();
            case "mcp" -> new McpCommand();
            case "info" -> new InfoCommand();
            case "version" -> new VersionCommand();
            case "completion" -> new CompletionCommand();
            default -> throw new IllegalArgumentException(name);
        };
    }

    /** The names of those that these words can be about: one if they begin with its name, else all. */
    static Collection<String> named(String[] words) {
        boolean one = words.length > 0 && ALL.contains(words[0]) && !words[0].equals(NEEDS_ALL);
        return one ? List.of(words[0]) : ALL;
    }
}
