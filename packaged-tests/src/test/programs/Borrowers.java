import com.mchange.v2.c3p0.ComboPooledDataSource;
import com.sun.net.httpserver.HttpServer;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.agroal.api.AgroalDataSource;
import io.agroal.api.configuration.supplier.AgroalDataSourceConfigurationSupplier;
import java.io.Closeable;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;
import org.apache.commons.pool2.BasePooledObjectFactory;
import org.apache.commons.pool2.PooledObject;
import org.apache.commons.pool2.impl.DefaultPooledObject;
import org.apache.commons.pool2.impl.GenericObjectPool;

/**
 * Two borrowers of one of the well-known pools, which has two of what they want: {@code nested} each takes one and waits for a
 * second, {@code leaked} each takes one, forgets it and waits, {@code busy} the first takes both and sleeps, the second waits.
 */
public class Borrowers {

    static final long LONG = 600_000;
    static final CountDownLatch began = new CountDownLatch(2);

    public static void main(String[] arguments) throws Exception {
        Callable<AutoCloseable> pool = pool(arguments[0]);
        Thread[] threads = new Thread[2];
        for (int i = 0; i < 2; i++) {
            boolean first = i == 0;
            threads[i] = new Thread(() -> work(pool, arguments[1], first), "borrower-" + (i + 1));
            threads[i].setDaemon(true);
        }
        for (Thread thread : threads) {
            thread.start();
        }
        began.await();
        for (Thread thread : threads) {
            for (int seen = 0; seen < 10; ) {
                seen = thread.getState().name().endsWith("WAITING") ? seen + 1 : 0;
                LockSupport.parkNanos(5_000_000);
            }
        }
        System.out.println("ready");
        System.in.read();
    }

    static void work(Callable<AutoCloseable> pool, String story, boolean first) {
        try {
            switch (story) {
                case "nested" -> nested(pool);
                case "leaked" -> leaked(pool);
                default -> busy(pool, first);
            }
        } catch (Exception e) {
            e.printStackTrace();
        }
    }

    static void nested(Callable<AutoCloseable> pool) throws Exception {
        try (AutoCloseable one = pool.call()) {
            meet();
            try (AutoCloseable another = pool.call()) {
                System.out.println(one + " and " + another);
            }
        }
    }

    static void leaked(Callable<AutoCloseable> pool) throws Exception {
        forget(pool);
        meet();
        pool.call();
    }

    static void forget(Callable<AutoCloseable> pool) throws Exception {
        pool.call();
    }

    static void busy(Callable<AutoCloseable> pool, boolean first) throws Exception {
        if (first) {
            try (AutoCloseable one = pool.call();
                    AutoCloseable another = pool.call()) {
                meet();
                Thread.sleep(LONG);
                System.out.println(one + " and " + another);
            }
        } else {
            meet();
            pool.call();
        }
    }

    static void meet() throws InterruptedException {
        began.countDown();
        began.await();
    }

    static Callable<AutoCloseable> pool(String library) throws Exception {
        return switch (library) {
            case "hikari" -> {
                HikariConfig config = new HikariConfig();
                config.setJdbcUrl("jdbc:h2:mem:x");
                config.setMaximumPoolSize(2);
                config.setConnectionTimeout(LONG);
                yield of(new HikariDataSource(config));
            }
            case "c3p0" -> {
                ComboPooledDataSource source = new ComboPooledDataSource();
                source.setJdbcUrl("jdbc:h2:mem:x");
                source.setMinPoolSize(2);
                source.setInitialPoolSize(2);
                source.setMaxPoolSize(2);
                yield of(source);
            }
            case "agroal" -> of(AgroalDataSource.from(new AgroalDataSourceConfigurationSupplier()
                    .connectionPoolConfiguration(connections -> connections
                            .maxSize(2)
                            .acquisitionTimeout(Duration.ofMillis(LONG))
                            .connectionFactoryConfiguration(factory -> factory.jdbcUrl("jdbc:h2:mem:x")))));
            case "pool2" -> {
                GenericObjectPool<Closeable> objects = new GenericObjectPool<>(new BasePooledObjectFactory<>() {
                    @Override
                    public Closeable create() {
                        return new Thing();
                    }

                    @Override
                    public PooledObject<Closeable> wrap(Closeable thing) {
                        return new DefaultPooledObject<>(thing);
                    }
                });
                objects.setMaxTotal(2);
                yield objects::borrowObject;
            }
            case "http4" -> {
                var client = org.apache.http.impl.client.HttpClients.custom().setMaxConnPerRoute(2).build();
                String address = server();
                yield () -> client.execute(new org.apache.http.client.methods.HttpGet(address));
            }
            default -> {
                var manager = new org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager();
                manager.setDefaultMaxPerRoute(2);
                var client = org.apache.hc.client5.http.impl.classic.HttpClients.custom()
                        .setConnectionManager(manager)
                        .build();
                String address = server();
                yield () -> client.executeOpen(
                        null, new org.apache.hc.client5.http.classic.methods.HttpGet(address), null);
            }
        };
    }

    static final class Thing implements Closeable {

        Object content = new Object();

        @Override
        public void close() {}
    }

    static Callable<AutoCloseable> of(DataSource source) {
        return source::getConnection;
    }

    static String server() throws Exception {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newCachedThreadPool(work -> {
            Thread thread = new Thread(work);
            thread.setDaemon(true);
            return thread;
        }));
        server.createContext("/", exchange -> {
            byte[] body = new byte[100_000];
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        return "http://" + server.getAddress().getHostString() + ":" + server.getAddress().getPort() + "/";
    }
}
