package dev.asyncinspect.examples.clinic;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Prices are computed from taxes and taxes from prices, both in static initialisers; two threads begin at once. */
final class ClassInitCycle implements Fault {

    /** Static initialisers take no arguments: what they share is static as well. Written once, before they run. */
    private static volatile @Nullable Meeting opening;

    @Override
    public String name() {
        return "class-init-cycle";
    }

    @Override
    public String about() {
        return "two classes whose static initialisers need each other, begun by two threads at once";
    }

    @Override
    public Size size() {
        return Size.fixed("classes", 2);
    }

    @Override
    public void start(Ward ward) {
        Meeting meeting = ward.meeting(2);
        opening = meeting;
        List<Thread> shops = List.of(
                ward.hire("baker", 1, () -> use(Prices.bread), () -> use(PriceList.bread)),
                ward.hire("collector", 2, () -> use(Taxes.onBread), () -> use(TaxTable.onBread())));
        if (ward.healthy()) {
            ward.settle();
        } else {
            // A thread that waits for a class says RUNNABLE: what shows is that it stays in the initialiser.
            ward.until(
                    "both classes wait for each other",
                    () -> meeting.isOver() && shops.stream().allMatch(ClassInitCycle::isInInitialiser));
        }
    }

    private static boolean isInInitialiser(Thread thread) {
        StackTraceElement[] stack = thread.getStackTrace();
        return stack.length > 0 && stack[0].getMethodName().equals("<clinit>");
    }

    private static void use(int amount) {
        if (amount < 0) {
            throw new IllegalStateException("neither prices nor taxes are negative: " + amount);
        }
    }

    private static void begin() {
        Meeting meeting = opening;
        if (meeting != null) {
            meeting.arrive();
        }
    }

    private static final class Prices {

        static int bread;

        static {
            begin();
            bread = 100 + Taxes.onBread;
        }
    }

    private static final class Taxes {

        static int onBread;

        static {
            begin();
            onBread = Prices.bread / 10;
        }
    }

    /** Repaired: knows no taxes while it is initialised. */
    private static final class PriceList {

        static int bread;

        static {
            begin();
            bread = 110;
        }
    }

    private static final class TaxTable {

        static int onBread() {
            return PriceList.bread / 11;
        }
    }
}
