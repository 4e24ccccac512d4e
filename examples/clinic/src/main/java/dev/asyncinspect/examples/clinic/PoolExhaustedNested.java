package dev.asyncinspect.examples.clinic;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/** Travel agents who keep the connection of the train open while they ask for another one for the hotel. */
final class PoolExhaustedNested implements Fault {

    @Override
    public String name() {
        return "pool-exhausted-nested";
    }

    @Override
    public String about() {
        return "travel agents who each hold a connection and wait for a second one of the same pool (HikariCP)";
    }

    @Override
    public Size size() {
        return Size.of("connections in the pool", 2, 1, 100);
    }

    @Override
    public void start(Ward ward) {
        HikariConfig config = new HikariConfig();
        config.setPoolName(ward.names().of("travel"));
        config.setJdbcUrl(TicketOffice.DATABASE);
        config.setMaximumPoolSize(ward.size());
        config.setConnectionTimeout(TicketOffice.PATIENCE.toMillis());
        Agency agency = new Agency(new HikariDataSource(config), ward.meeting(ward.size()));
        for (int number = 1; number <= ward.size(); number++) {
            ward.hire("agent", number, agency::book, agency::bookWithOne);
        }
        ward.settle();
    }

    private record Agency(DataSource database, Meeting allBegan) {

        void book() throws SQLException {
            try (Connection train = database.getConnection()) {
                allBegan.arrive();
                bookHotel();
                train.commit();
            }
        }

        private void bookHotel() throws SQLException {
            try (Connection hotel = database.getConnection()) {
                hotel.commit();
            }
        }

        /** Repaired: both are booked on one connection. */
        void bookWithOne() throws SQLException {
            try (Connection journey = database.getConnection()) {
                journey.isValid(1);
            }
        }
    }
}
