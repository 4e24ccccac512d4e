package dev.asyncinspect.examples.clinic;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.SQLException;

/** The ticket office on HikariCP. */
final class PoolExhausted implements Fault {

    @Override
    public String name() {
        return "pool-exhausted";
    }

    @Override
    public String about() {
        return "a ticket office that has leaked all connections of its pool (HikariCP)";
    }

    @Override
    public Size size() {
        return Size.of("connections in the pool", 2, 1, 100);
    }

    @Override
    public void start(Ward ward) throws SQLException, InterruptedException {
        HikariConfig config = new HikariConfig();
        config.setPoolName(ward.names().of("tickets"));
        config.setJdbcUrl(TicketOffice.DATABASE);
        config.setMaximumPoolSize(ward.size());
        config.setConnectionTimeout(TicketOffice.PATIENCE.toMillis());
        TicketOffice.open(ward, new HikariDataSource(config));
    }
}
