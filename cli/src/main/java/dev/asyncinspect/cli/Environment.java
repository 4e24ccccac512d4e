package dev.asyncinspect.cli;

/** What a command sees of the world besides its arguments; tests bring their own. */
interface Environment {

    /** Whether results go to a terminal. */
    boolean onTerminal();

    /** An environment variable, empty if it is not set. */
    String variable(String name);

    /** Where the JVMs and dumps come from. */
    Observations observations();

    /** The world as it is. */
    static Environment real() {
        return new Environment() {
            @Override
            public boolean onTerminal() {
                return StandardOutput.isTerminal() && !variable("TERM").equals("dumb");
            }

            @Override
            public String variable(String name) {
                String value = System.getenv(name);
                return value == null ? "" : value;
            }

            @Override
            public Observations observations() {
                return Observations.real();
            }
        };
    }
}
