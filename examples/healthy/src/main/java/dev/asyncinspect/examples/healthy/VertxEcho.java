package dev.asyncinspect.examples.healthy;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import java.util.concurrent.TimeUnit;

/** An HTTP server and its client on Vert.x event loops, with some blocking work beside them. */
public final class VertxEcho {

    private VertxEcho() {}

    public static void main(String[] args) throws Exception {
        Vertx vertx = Vertx.vertx();
        HttpServer server = vertx.createHttpServer()
                .requestHandler(request -> vertx.executeBlocking(() -> {
                            Thread.sleep(1);
                            return "seen " + request.path();
                        })
                        .onComplete(done -> request.response().end(done.result())))
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .get(30, TimeUnit.SECONDS);
        HttpClient client = vertx.createHttpClient();
        Load.of(
                8,
                (worker, round) -> client.request(HttpMethod.GET, server.actualPort(), "127.0.0.1", "/" + worker)
                        .compose(request -> request.send().compose(response -> response.body()))
                        .toCompletionStage()
                        .toCompletableFuture()
                        .get(30, TimeUnit.SECONDS));
    }
}
