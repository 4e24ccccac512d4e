package dev.asyncinspect.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncinspect.model.AccessMode;
import dev.asyncinspect.model.Bound;
import dev.asyncinspect.model.History;
import dev.asyncinspect.model.ResourceKind;
import dev.asyncinspect.model.WorkPool;
import java.util.List;
import org.junit.jupiter.api.Test;

/** {@code blocked-event-loop}: which threads are loops, and which of them a handler keeps. */
class EventLoopFindingsTest {

    private static final String[] HANDLER = {"java.util.concurrent.CompletableFuture.get", "shop.Main.handle"};

    @Test
    void a_handler_that_blocks_the_loop_is_found() {
        assertThat(blockedIn(
                        "sun.net.httpserver.ServerImpl$Exchange.run", "sun.net.httpserver.ServerImpl$Dispatcher.run"))
                .extracting(Finding::kind)
                .containsExactly(FindingKind.BLOCKED_EVENT_LOOP);
    }

    @Test
    void an_idle_loop_is_left_alone() {
        Scene scene = new Scene();
        scene.resource("io").is(ResourceKind.IO).holdersUnknown();
        scene.task("HTTP-Dispatcher")
                .at(
                        "sun.nio.ch.EPoll.wait",
                        "sun.nio.ch.SelectorImpl.select",
                        "sun.net.httpserver.ServerImpl$Dispatcher.run")
                .waitsFor("io", AccessMode.EXCLUSIVE, Bound.UNKNOWN);
        assertThat(Analysis.of(History.of(scene.at(0), scene.at(250)))).isEmpty();
    }

    @Test
    void a_loop_of_vertx_is_told_by_the_name_that_its_users_know() {
        assertThat(blockedIn(
                        "io.vertx.core.impl.ContextInternal.dispatch",
                        "io.netty.util.concurrent.AbstractEventExecutor.runTask",
                        "io.netty.channel.nio.NioEventLoop.run"))
                .singleElement()
                .satisfies(finding -> assertThat(finding.sentence()).contains("Vert.x event loop"));
    }

    @Test
    void a_worker_of_vertx_may_block() {
        assertThat(blockedIn(
                        "io.vertx.core.impl.ContextInternal.dispatch",
                        "java.util.concurrent.ThreadPoolExecutor.runWorker",
                        "io.netty.util.concurrent.FastThreadLocalRunnable.run"))
                .extracting(Finding::kind)
                .doesNotContain(FindingKind.BLOCKED_EVENT_LOOP);
    }

    private static List<Finding> blockedIn(String... loop) {
        Scene scene = new Scene();
        scene.resource("future").is(ResourceKind.FUTURE).holdersUnknown();
        String[] frames = new String[HANDLER.length + loop.length];
        System.arraycopy(HANDLER, 0, frames, 0, HANDLER.length);
        System.arraycopy(loop, 0, frames, HANDLER.length, loop.length);
        scene.task("worker-0").at(frames).waitsFor("future");
        return Analysis.of(History.of(scene.at(0), scene.at(250)));
    }

    private static String toldOf(Long queued, String next) {
        Scene scene = new Scene();
        scene.resource("latch").is(ResourceKind.LATCH).holdersUnknown();
        scene.task("loop-1")
                .at(
                        "java.util.concurrent.CountDownLatch.await",
                        "shop.Main.handle",
                        "io.netty.util.concurrent.AbstractEventExecutor.safeExecute",
                        "io.netty.channel.SingleThreadIoEventLoop.run")
                .waitsFor("latch");
        scene.pool(new WorkPool("io.netty.channel.Loop", null, List.of(1L), queued, next, List.of()));
        List<Finding> findings = Analysis.of(History.of(scene.at(0), scene.at(250)));
        assertThat(findings).hasSize(1);
        return findings.get(0).sentence();
    }

    @Test
    void what_waits_behind_a_blocked_loop_is_told_with_the_method_of_the_next() {
        assertThat(toldOf(3L, "Orders.load"))
                .endsWith(" can go on meanwhile. 3 tasks wait behind it, next: Orders.load.");
        assertThat(toldOf(1L, null)).endsWith(" can go on meanwhile. 1 task waits behind it.");
    }

    @Test
    void a_blocked_loop_whose_queue_is_empty_or_unknown_is_told_without_it() {
        assertThat(toldOf(0L, null)).endsWith(" can go on meanwhile.");
        assertThat(toldOf(null, null)).endsWith(" can go on meanwhile.");
    }
}
