package dev.asyncinspect.cli;

import dev.asyncinspect.core.event.EventCodes;
import dev.asyncinspect.model.Film;
import dev.asyncinspect.model.RecordedEvent;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What every command answers in JSON in a world that is always the same. */
final class FirstAnswers {

    private static final List<String> LIVE = List.of(
            "why 4711",
            "watch 4711 --for 1s",
            "prove 4711",
            "analyze a b",
            "demo",
            "tasks 4711",
            "task 4711 12",
            "graph 4711",
            "list",
            "info 4711",
            "record 4711",
            "stop 4711",
            "config",
            "version");

    private static final List<String> RECORDED = List.of(
            "stats run.air --detailed", "timeline run.air", "events run.air", "replay run.air", "leaks run.air");

    private FirstAnswers() {}

    /** By the name of the command. */
    static Map<String, String> all(Path folder) throws IOException {
        Map<String, String> answers = new LinkedHashMap<>();
        for (String line : LIVE) {
            FakeWorld world = new FakeWorld(Scene.bank().twice());
            world.clinicJar = FakeClinic.jar(folder).toString();
            world.underWay = world.recordings;
            answers.put(command(line), answer(world, line));
        }
        for (String line : RECORDED) {
            FakeWorld world = new FakeWorld();
            world.recording = until -> film().recording();
            world.totals = film()::totals;
            world.events.add(new RecordedEvent(0, RecordedEvent.Kind.AWAIT_START, 12, 1, "at x"));
            answers.put(command(line), answer(world, line));
        }
        return answers;
    }

    private static String command(String line) {
        return line.split(" ", 2)[0];
    }

    /** Without what tells of the machine that this runs on. */
    private static String answer(FakeWorld world, String line) {
        world.run((line + " --json").split(" "));
        return world.out
                .text()
                .replaceAll("\"(runs on|system)\":\"[^\"]*\"", "\"$1\":\"x\"")
                .replaceAll("\"at\":\"[^\"]*\"", "\"at\":\"2026-01-01T00:00:00Z\"");
    }

    private static Film film() {
        Film film = new Film();
        film.at(0).clock(1_767_355_200_000L);
        film.is("stock", EventCodes.LOCK, 0);
        film.created("main", "", EventCodes.PLATFORM_THREAD, "shop.Main.main(Main.java:9)")
                .starts("main", 1);
        film.at(20).created("order", "main", EventCodes.EXECUTOR_TASK, "shop.Orders.accept(Orders.java:21)");
        film.at(50)
                .starts("order", 2)
                .takes("order", "stock", EventCodes.EXCLUSIVE, "shop.Orders.take(Orders.java:30)");
        film.at(70).waits("order", "price", "");
        film.at(600).woken("order", "main").goesOn("order", "");
        film.at(1500).fails("main", "java.io.IOException: no more");
        return film;
    }
}
