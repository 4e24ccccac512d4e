package dev.asyncinspect.integrations.jdk;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Labels that say for whom an HTTP client waits. */
final class HttpHosts {

    /*
     * The class of requests is not visible from here, and a program may have its own: only those of the JDK are asked. A program can ask
     * a million hosts, and texts are kept for good: the first ones are named, the others are not.
     */

    private static final String SEND = "java.net.http.HttpClient.send";
    private static final String SEND_ASYNC = "java.net.http.HttpClient.sendAsync";
    private static final String OF_THE_JDK = "jdk.internal.net.http.";
    private static final String PUBLIC_CLASS = "java.net.http.HttpRequest";
    private static final int MOST_HOSTS = 256;

    private final Set<String> named = ConcurrentHashMap.newKeySet();
    /** {@code HttpRequest.uri()}; found by whoever sends first, then read by all. */
    private volatile @Nullable MethodHandle uri;

    /** {@code java.net.http.HttpClient.send to localhost:8080}. */
    String ofSend(@Nullable Object request) {
        return label(SEND, request);
    }

    /** {@code java.net.http.HttpClient.sendAsync to localhost:8080}. */
    String ofSendAsync(@Nullable Object request) {
        return label(SEND_ASYNC, request);
    }

    private String label(String call, @Nullable Object request) {
        String host = request == null || !request.getClass().getName().startsWith(OF_THE_JDK) ? null : host(request);
        if (host == null || (!named.contains(host) && named.size() >= MOST_HOSTS)) {
            return call;
        }
        named.add(host);
        return call + " to " + host;
    }

    private @Nullable String host(Object request) {
        MethodHandle known = uri;
        MethodHandle get = known == null ? find(request.getClass()) : known;
        if (get == null) {
            return null;
        }
        uri = get;
        try {
            URI to = (URI) (Object) get.invokeExact(request);
            return to.getPort() < 0 ? to.getHost() : to.getHost() + ":" + to.getPort();
        } catch (Throwable e) {
            return null; // a label without a host is still true
        }
    }

    private static @Nullable MethodHandle find(Class<?> type) {
        for (Class<?> at = type; at != null; at = at.getSuperclass()) {
            if (at.getName().equals(PUBLIC_CLASS)) {
                try {
                    return MethodHandles.publicLookup()
                            .unreflect(at.getMethod("uri"))
                            .asType(MethodType.methodType(Object.class, Object.class));
                } catch (ReflectiveOperationException e) {
                    return null; // no JDK known is without it
                }
            }
        }
        return null;
    }
}
