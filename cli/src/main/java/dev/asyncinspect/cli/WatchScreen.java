package dev.asyncinspect.cli;

import java.time.temporal.ChronoUnit;

/** What a watch prints: events to stdout, each at once; what it says of itself to stderr. */
final class WatchScreen implements Watcher.Listener {

    private final Terminal terminal;
    private final boolean json;
    private final String version;

    WatchScreen(Terminal terminal, boolean json, String version) {
        this.terminal = terminal;
        this.json = json;
        this.version = version;
    }

    @Override
    public void event(WatchEvent event) {
        if (json) {
            terminal.out().println(event.json(version));
        } else {
            Terminal.Tone tone = switch (event.finding().confidence()) {
                case PROVEN -> Terminal.Tone.BAD;
                case LIKELY -> Terminal.Tone.WARNING;
                case HINT -> Terminal.Tone.NOTE;
            };
            terminal.line(event.at().truncatedTo(ChronoUnit.SECONDS) + " " + terminal.paint(tone, event.text()));
            terminal.line("  more: "
                    + (event.evidence() == null
                            ? "async-inspect why " + event.jvm().pid()
                            : event.evidence() + "/why.txt"));
        }
        terminal.out().flush();
    }

    @Override
    public void say(String line) {
        terminal.err().println("async-inspect: " + line);
    }
}
