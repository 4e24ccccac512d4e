package dev.asyncinspect.examples.healthy;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** A shop on Spring Boot, Tomcat, HikariCP and H2; where the JDK has them, on virtual threads. */
@SpringBootApplication
@RestController
public class SpringShop {

    private static final int CLIENTS = 16;

    private final JdbcTemplate database;

    SpringShop(JdbcTemplate database) {
        this.database = database;
        database.execute("create table if not exists item (id int primary key, stock int)");
        for (int id = 0; id < CLIENTS; id++) {
            database.update("merge into item values (?, 1000)", id);
        }
    }

    @GetMapping("/buy/{id}")
    String buy(@PathVariable("id") int id) {
        database.update("update item set stock = stock - 1 where id = ?", id);
        return String.valueOf(database.queryForObject("select stock from item where id = ?", Integer.class, id));
    }

    public static void main(String[] args) throws Exception {
        SpringApplication shop = new SpringApplication(SpringShop.class);
        shop.setDefaultProperties(Map.of(
                "server.port", "0",
                "server.address", "127.0.0.1",
                "spring.main.banner-mode", "off",
                "spring.threads.virtual.enabled", "true",
                "spring.datasource.url", "jdbc:h2:mem:shop",
                "spring.datasource.hikari.maximum-pool-size", "6"));
        ConfigurableApplicationContext context = shop.run();
        String port = context.getEnvironment().getProperty("local.server.port");
        HttpClient client = HttpClient.newHttpClient();
        Load.of(CLIENTS, (worker, round) -> {
            URI uri = URI.create("http://127.0.0.1:" + port + "/buy/" + worker);
            int status = client.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString())
                    .statusCode();
            if (status != 200) {
                throw new IllegalStateException("status " + status);
            }
        });
    }
}
