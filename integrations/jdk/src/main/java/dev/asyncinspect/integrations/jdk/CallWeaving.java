package dev.asyncinspect.integrations.jdk;

import static dev.asyncinspect.weaving.Capture.argument;
import static dev.asyncinspect.weaving.Capture.constant;
import static dev.asyncinspect.weaving.Capture.self;
import static dev.asyncinspect.weaving.Capture.top;

import dev.asyncinspect.core.recorder.Recorder;
import dev.asyncinspect.core.recorder.ThreadIds;
import dev.asyncinspect.weaving.Hook;
import dev.asyncinspect.weaving.Place;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Hooks around calls that wait by parks like any other: what they mean is known only here. */
final class CallWeaving {

    /*
     *   ThreadFlock.awaitAll     parks at nothing; a StructuredTaskScope that is joined, on all JDKs that have one
     *   ThreadFlock.onStart …    its forks, which hold it open: so it is told which scope is joined, and for whom that waits
     *   SubtaskImpl.AltResult    is made by the thread of a fork that has failed: it returns as if nothing were
     *   HttpClientImpl.send      waits for a future; the request says for whom
     *   HttpClientImpl.sendAsync makes the future that others wait for
     *
     * Neither class is loaded for us: most programs never do.
     */

    private static final String SCOPE_LABEL = "java.util.concurrent.StructuredTaskScope.join";
    private static final int SCOPES_ARE_INTERFACES = 25;
    private static final String SCOPE = "java.util.concurrent.StructuredTaskScope";
    private static final String FLOCK = "jdk.internal.misc.ThreadFlock";
    private static final String CLIENT = "jdk.internal.net.http.HttpClientImpl";
    private static final String SEND = "send";
    private static final String SEND_ASYNC = "sendAsync";
    private static final String SEND_ASYNC_TO_ALL = SEND_ASYNC
            + "(Ljava/net/http/HttpRequest;Ljava/net/http/HttpResponse$BodyHandler;"
            + "Ljava/net/http/HttpResponse$PushPromiseHandler;)Ljava/util/concurrent/CompletableFuture;";

    private final Recorder recorder;
    private final Awaits awaits;
    private final SharedHolds holds;
    private final Stages stages;
    private final AwaitedFutures futures;
    private final FailedThreads failed;
    private final HttpHosts hosts = new HttpHosts();

    CallWeaving(
            Recorder recorder,
            Awaits awaits,
            SharedHolds holds,
            Stages stages,
            AwaitedFutures futures,
            FailedThreads failed) {
        this.recorder = recorder;
        this.failed = failed;
        this.stages = stages;
        this.futures = futures;
        this.awaits = awaits;
        this.holds = holds;
    }

    List<Hook> hooks(int feature) {
        List<Hook> hooks = new ArrayList<>();
        hooks.add(sends("sends")
                .handing(argument(0))
                .to((request, nothing) -> awaits.begins(hosts.ofSend(request), false)));
        hooks.add(sends("send-awaits")
                .at(Place.afterCall(SEND_ASYNC))
                .handing(top(), argument(0))
                .to(this::sent));
        hooks.add(Hook.named("http-client.sends-async")
                .in(CLIENT)
                .methods(SEND_ASYNC_TO_ALL)
                .whenLoaded()
                .at(Place.exit())
                .handing(top(), argument(0))
                .to(this::sentAsync));
        hooks.add(over(sends("sent"), Place.exit()));
        hooks.add(over(sends("send-threw"), Place.thrown()));
        if (feature >= JdkHooks.FIRST_WITH_VIRTUAL_THREADS) {
            hooks.add(joins("scope.fork-starts", "onStart(Ljava/lang/Thread;)V")
                    .handing(argument(0), self())
                    .to((thread, flock) -> fork(flock, thread, true)));
            hooks.add(joins("scope.fork-ends", "onExit(Ljava/lang/Thread;)V")
                    .handing(argument(0), self())
                    .to((thread, flock) -> fork(flock, thread, false)));
            hooks.add(joins("scope.joins", "awaitAll()Z")
                    .to((flock, nothing) -> awaits.begins(SCOPE_LABEL, false, holds.scope(flock))));
            hooks.add(joins("scope.joins-in-time", "awaitAll(Ljava/time/Duration;)Z")
                    .to((flock, nothing) -> awaits.begins(SCOPE_LABEL, true, holds.scope(flock))));
            hooks.add(over(joins("scope.joined", "awaitAll"), Place.exit()));
            hooks.add(over(joins("scope.join-threw", "awaitAll"), Place.thrown()));
            hooks.add(forkFails(feature));
        }
        return hooks;
    }

    private Hook forkFails(int feature) {
        return Hook.named("scope.fork-fails")
                .in(SCOPE + (feature < SCOPES_ARE_INTERFACES ? "" : "Impl") + "$SubtaskImpl$AltResult")
                .method("<init>", "(L" + SCOPE.replace('.', '/') + "$Subtask$State;Ljava/lang/Throwable;)V")
                .whenLoaded()
                .at(Place.exit())
                .handing(argument(1))
                .to((thrown, nothing) -> {
                    if (thrown instanceof Throwable failure) { // else it returned null
                        failed.add(ThreadIds.current(), failure);
                    }
                });
    }

    private void sent(@Nullable Object future, @Nullable Object request) {
        if (future != null) {
            futures.labelled(future, recorder.symbol(hosts.ofSend(request)));
        }
    }

    private void sentAsync(@Nullable Object future, @Nullable Object request) {
        if (future != null && !Stages.isDone(future)) {
            int symbol = recorder.symbol(hosts.ofSendAsync(request));
            stages.combined(future, null, symbol, false);
            futures.labelled(future, symbol);
        }
    }

    private void fork(@Nullable Object flock, Object thread, boolean begins) {
        if (flock != null) {
            holds.fork(flock, (Thread) thread, begins);
        }
    }

    private static Hook.Draft sends(String moment) {
        return Hook.named("http-client." + moment).in(CLIENT).methods(SEND).whenLoaded();
    }

    private static Hook.Draft joins(String name, String method) {
        return Hook.named(name).in(FLOCK).methods(method).whenLoaded();
    }

    private Hook over(Hook.Draft draft, Place place) {
        return draft.at(place).handing(constant(0)).toNumber((nothing, zero) -> awaits.ends());
    }
}
