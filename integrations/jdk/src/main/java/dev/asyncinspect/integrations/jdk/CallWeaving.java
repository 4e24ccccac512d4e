package dev.asyncinspect.integrations.jdk;

import static dev.asyncinspect.weaving.Capture.argument;
import static dev.asyncinspect.weaving.Capture.constant;

import dev.asyncinspect.weaving.Hook;
import dev.asyncinspect.weaving.Place;
import java.util.ArrayList;
import java.util.List;

/** Hooks around calls that wait by parks like any other: what they mean is known only here. */
final class CallWeaving {

    /*
     *   ThreadFlock.awaitAll     parks at nothing; a StructuredTaskScope that is joined, on all JDKs that have one
     *   HttpClientImpl.send      waits for a future; the request says for whom
     *
     * Neither class is loaded for us: most programs never do.
     */

    private static final String SCOPE_LABEL = "java.util.concurrent.StructuredTaskScope.join";
    private static final String FLOCK = "jdk.internal.misc.ThreadFlock";
    private static final String CLIENT = "jdk.internal.net.http.HttpClientImpl";
    private static final String SEND = "send";

    private final Awaits awaits;
    private final HttpHosts hosts = new HttpHosts();

    CallWeaving(Awaits awaits) {
        this.awaits = awaits;
    }

    List<Hook> hooks(int feature) {
        List<Hook> hooks = new ArrayList<>();
        hooks.add(sends("sends")
                .handing(argument(0))
                .to((request, nothing) -> awaits.begins(hosts.label(request), false)));
        hooks.add(over(sends("sent"), Place.exit()));
        hooks.add(over(sends("send-threw"), Place.thrown()));
        if (feature >= JdkHooks.FIRST_WITH_VIRTUAL_THREADS) {
            hooks.add(joins("scope.joins", "awaitAll()Z")
                    .handing(constant(0))
                    .toNumber((nothing, zero) -> awaits.begins(SCOPE_LABEL, false)));
            hooks.add(joins("scope.joins-in-time", "awaitAll(Ljava/time/Duration;)Z")
                    .handing(constant(0))
                    .toNumber((nothing, zero) -> awaits.begins(SCOPE_LABEL, true)));
            hooks.add(over(joins("scope.joined", "awaitAll"), Place.exit()));
            hooks.add(over(joins("scope.join-threw", "awaitAll"), Place.thrown()));
        }
        return hooks;
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
