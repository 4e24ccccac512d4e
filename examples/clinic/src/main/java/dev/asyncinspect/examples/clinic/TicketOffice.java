package dev.asyncinspect.examples.clinic;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/** A ticket office that keeps its seats in a database, and forgets to close the connection when a seat is taken. */
final class TicketOffice {

    static final String DATABASE = "jdbc:h2:mem:tickets;DB_CLOSE_DELAY=-1";
    /** How long a clerk waits for a connection: longer than the clinic lives. */
    static final Duration PATIENCE = Duration.ofMinutes(15);

    private static final int TAKEN = 0;

    private final DataSource database;

    private TicketOffice(DataSource database) {
        this.database = database;
    }

    /** Opens an office for as many connections as the story has, and sells until no connection is left. */
    static void open(Ward ward, DataSource database) throws SQLException, InterruptedException {
        TicketOffice office = new TicketOffice(database);
        int clerks = Math.max(2, ward.size());
        office.furnish(clerks);
        if (!ward.healthy()) {
            List<Thread> early = new ArrayList<>();
            for (int number = 1; number <= ward.size(); number++) {
                early.add(ward.start("early-clerk", number, () -> office.sell(TAKEN)));
            }
            for (Thread clerk : early) {
                clerk.join();
            }
        }
        for (int number = 1; number <= clerks; number++) {
            int seat = number;
            ward.hire("clerk", number, () -> office.sell(seat), () -> office.sellAndClose(seat));
        }
        ward.settle();
    }

    boolean sell(int seat) throws SQLException {
        Connection connection = database.getConnection();
        if (isTaken(connection, seat)) {
            return false;
        }
        take(connection, seat);
        connection.close();
        return true;
    }

    /** Repaired: the connection is given back on every way out. */
    boolean sellAndClose(int seat) throws SQLException {
        try (Connection connection = database.getConnection()) {
            if (isTaken(connection, seat)) {
                return false;
            }
            take(connection, seat);
            return true;
        }
    }

    private void furnish(int seats) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("create table seats (seat int primary key, taken boolean not null)");
            statement.execute("insert into seats select x, x = " + TAKEN + " from system_range(0, " + seats + ")");
        }
    }

    private static boolean isTaken(Connection connection, int seat) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement("select taken from seats where seat = ?")) {
            query.setInt(1, seat);
            try (ResultSet rows = query.executeQuery()) {
                return !rows.next() || rows.getBoolean(1);
            }
        }
    }

    private static void take(Connection connection, int seat) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement("update seats set taken = true where seat = ?")) {
            update.setInt(1, seat);
            update.executeUpdate();
        }
    }
}
