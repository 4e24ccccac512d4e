package dev.asyncinspect.examples.clinic;

import java.util.List;
import java.util.stream.IntStream;

/** Bank transfers that lock the account they take from, then the one they give to: in a ring, for ever. */
final class LockCycle implements Fault {

    @Override
    public String name() {
        return "lock-cycle";
    }

    @Override
    public String about() {
        return "bank transfers in a ring, each holding one account and waiting for the next (monitors)";
    }

    @Override
    public Size size() {
        return Size.of("accounts in the ring", 2, 2, 1000);
    }

    @Override
    public void start(Ward ward) {
        int count = ward.size();
        Bank bank = new Bank(ward.meeting(count));
        List<Account> accounts = IntStream.rangeClosed(1, count)
                .mapToObj(number -> new Account(ward.names().of("account", number), number))
                .toList();
        for (int i = 0; i < count; i++) {
            Account from = accounts.get(i);
            Account to = accounts.get((i + 1) % count);
            ward.hire("clerk", i + 1, () -> bank.transfer(from, to, 10), () -> bank.transferInOrder(from, to, 10));
        }
        ward.settle();
    }

    /** Moves money between accounts, and locks both while it does. */
    private record Bank(Meeting auditor) {

        void transfer(Account from, Account to, int amount) {
            synchronized (from) {
                auditor.arrive();
                synchronized (to) {
                    from.balance -= amount;
                    to.balance += amount;
                }
            }
        }

        /** Repaired: whoever gives and whoever takes, the account with the lower number is locked first. */
        void transferInOrder(Account from, Account to, int amount) {
            Account first = from.number < to.number ? from : to;
            Account second = first == from ? to : from;
            synchronized (first) {
                auditor.arrive();
                synchronized (second) {
                    from.balance -= amount;
                    to.balance += amount;
                }
            }
        }
    }

    private static final class Account {

        final String name;
        final int number;
        int balance;

        Account(String name, int number) {
            this.name = name;
            this.number = number;
        }

        @Override
        public String toString() {
            return name + " " + balance;
        }
    }
}
