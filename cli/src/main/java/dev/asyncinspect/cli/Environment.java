package dev.asyncinspect.cli;

import java.io.InputStream;

/** What a command sees of the world besides its arguments; tests bring their own. */
interface Environment {

    /** Whether results go to a terminal. */
    boolean onTerminal();

    /** Columns of the terminal that results go to; 0 if they go elsewhere, or nobody knows. */
    int columns();

    /** An environment variable, empty if it is not set. */
    String variable(String name);

    /** Standard input. */
    InputStream input();

    /** Where the JVMs and dumps come from. */
    Observations observations();

    /** Our version, told by the launcher, which knows the jar. */
    String version();

    /** The jar of the demo program, empty if the launcher knows none. */
    String clinicJar();

    /** The world as it is. */
    static Environment real() {
        return new Environment() {
            @Override
            public boolean onTerminal() {
                return StandardOutput.isTerminal() && !variable("TERM").equals("dumb");
            }

            @Override
            public int columns() {
                String told = System.getProperty("dev.asyncinspect.columns", "");
                String columns = told.isEmpty() ? variable("COLUMNS") : told; // shells that export it are few
                boolean known = StandardOutput.isTerminal(); // also one that is dumb is so wide and no wider
                return known && columns.matches("[1-9]\\d{0,3}") ? Integer.parseInt(columns) : 0;
            }

            @Override
            public String variable(String name) {
                String value = System.getenv(name);
                return value == null ? "" : value;
            }

            @Override
            public InputStream input() {
                return System.in;
            }

            @Override
            public Observations observations() {
                return Observations.real();
            }

            @Override
            public String version() {
                return System.getProperty("dev.asyncinspect.version", "development");
            }

            @Override
            public String clinicJar() {
                return System.getProperty("dev.asyncinspect.clinic", "");
            }
        };
    }
}
