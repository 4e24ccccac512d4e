package dev.asyncinspect.examples.clinic;

import java.sql.SQLException;
import org.apache.tomcat.jdbc.pool.DataSource;
import org.apache.tomcat.jdbc.pool.PoolProperties;

/** The ticket office on Tomcat JDBC. */
final class PoolExhaustedTomcat implements Fault {

    @Override
    public String name() {
        return "pool-exhausted-tomcat";
    }

    @Override
    public String about() {
        return "a ticket office that has leaked all connections of its pool (Tomcat JDBC)";
    }

    @Override
    public Size size() {
        return Size.of("connections in the pool", 2, 1, 100);
    }

    @Override
    public void start(Ward ward) throws SQLException, InterruptedException {
        PoolProperties properties = new PoolProperties();
        properties.setName(ward.names().of("tickets"));
        properties.setUrl(TicketOffice.DATABASE);
        properties.setDriverClassName("org.h2.Driver");
        properties.setInitialSize(1);
        properties.setMinIdle(1);
        properties.setMaxActive(ward.size());
        properties.setMaxIdle(ward.size());
        properties.setMaxWait((int) TicketOffice.PATIENCE.toMillis());
        TicketOffice.open(ward, new DataSource(properties));
    }
}
