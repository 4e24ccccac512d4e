package dev.asyncinspect.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncinspect.model.AccessMode;
import dev.asyncinspect.model.Bound;
import dev.asyncinspect.model.History;
import dev.asyncinspect.model.ResourceKind;
import dev.asyncinspect.model.Snapshot;
import java.util.List;
import java.util.function.Consumer;

/** Programs that several tests of findings tell, and how what is found in one is asked for. */
final class Stories {

    private static final String FUTURE_TASK = "java.util.concurrent.FutureTask";
    private static final String WORKER = "java.util.concurrent.ThreadPoolExecutor.runWorker";

    private Stories() {}

    static void crossedLocks(Scene scene) {
        scene.task("a").holds("A").waitsFor("B");
        scene.task("b").holds("B").waitsFor("A");
    }

    static void starvedPool(Scene scene) {
        for (int i = 1; i <= 2; i++) {
            scene.resource("f" + i).is(ResourceKind.FUTURE).ofClass(FUTURE_TASK).holdersUnknown();
            scene.task("pool-1-thread-" + i)
                    .at(FUTURE_TASK + ".get", "shop.Main.work", FUTURE_TASK + ".run", WORKER)
                    .waitsFor("f" + i);
        }
    }

    static void borrowers(Scene scene) {
        scene.resource("pool").is(ResourceKind.QUEUE).holdersUnknown();
        scene.task("borrower")
                .at(
                        "java.util.concurrent.SynchronousQueue.poll",
                        "com.zaxxer.hikari.util.ConcurrentBag.borrow",
                        "com.zaxxer.hikari.pool.HikariPool.getConnection",
                        "shop.Main.query")
                .waitsFor("pool", AccessMode.EXCLUSIVE, Bound.TIMED);
    }

    static List<Finding> ask(Consumer<Scene> story) {
        Scene scene = new Scene();
        story.accept(scene);
        Snapshot first = scene.at(0);
        return Analysis.of(History.of(first, scene.at(250)));
    }

    /** What a heap shows. */
    static List<Finding> askHeap(Consumer<Scene> story) {
        Scene scene = new Scene().asHeap();
        story.accept(scene);
        return Analysis.of(History.of(scene.at(0)));
    }

    /** The findings that say that somebody can never go on. */
    static List<Finding> proven(Consumer<Scene> story) {
        return ask(story).stream().filter(Finding::cycle).toList();
    }

    static Finding only(List<Finding> findings) {
        assertThat(findings).hasSize(1);
        return findings.get(0);
    }
}
