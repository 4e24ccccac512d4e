package dev.asyncinspect.cli;

import dev.asyncinspect.cli.watch.KeptFolders;
import dev.asyncinspect.cli.watch.ShellHook;
import dev.asyncinspect.cli.watch.Webhook;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What is done about a finding that appeared. What goes wrong is said, and keeps nothing else from being done. */
final class WatchActions {

    private static final Pattern EVIDENCE =
            Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d-\\d\\d-\\d\\dZ-[a-z-]+-\\d+(-\\d+)?");

    private final Environment environment;
    private final Consumer<String> say;
    private final @Nullable Path dump;
    private final int keep;
    private final @Nullable ShellHook command;
    private final @Nullable Webhook webhook;

    /** Actions; those that are null are not taken. */
    WatchActions(
            Environment environment,
            Consumer<String> say,
            @Nullable Path dump,
            int keep,
            @Nullable ShellHook command,
            @Nullable Webhook webhook) {
        this.environment = environment;
        this.say = say;
        this.dump = dump;
        this.keep = keep;
        this.command = command;
        this.webhook = webhook;
    }

    /** Whether evidence is kept. */
    boolean keeps() {
        return dump != null;
    }

    /** Keeps the evidence, if that is asked for; returns where it is. */
    @Nullable
    Path keep(WatchEvent event, SeenJvm seen) {
        if (dump == null) {
            return null;
        }
        String name = EvidenceWriter.name(
                event.at(), event.finding().kind().id() + "-" + event.jvm().pid());
        try {
            Path kept = new EvidenceWriter(environment)
                    .write(dump.resolve(name), event.text(), seen.diagnosis()::print, List.of(seen));
            new KeptFolders(dump, EVIDENCE, keep).prune();
            return kept;
        } catch (IOException e) {
            say.accept("cannot keep the evidence: " + Failures.ofFile(e));
            return null;
        }
    }

    /** Tells those who are to be told. */
    void tell(WatchEvent event) throws InterruptedException {
        String json = event.json(environment.version());
        if (command != null) {
            complain(command.run(event.variables(), json + "\n"));
        }
        if (webhook != null) {
            complain(webhook.post(json));
        }
    }

    private void complain(@Nullable String problem) {
        if (problem != null) {
            say.accept(problem);
        }
    }
}
