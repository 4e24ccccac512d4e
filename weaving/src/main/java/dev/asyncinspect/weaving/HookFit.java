package dev.asyncinspect.weaving;

import org.jspecify.annotations.Nullable;
import org.objectweb.asm.MethodVisitor;

/** One hook during the walk over its class: inserted where it fits, with what was found of it so far. */
final class HookFit {

    final LiveHook live;

    private int methods;
    private int places;
    private @Nullable String obstacle;

    HookFit(LiveHook live) {
        this.live = live;
    }

    /** Walks a method that the hook is in, and inserts it there; whatever comes next sees it too. */
    MethodVisitor in(String method, MethodVisitor next, Values values) {
        methods++;
        Place place = live.hook.place();
        if (method.equals("<init>") && place.kind() == Place.Kind.ENTRY) {
            obstacle = "a constructor has no object yet at its entry";
        }
        return place.kind() == Place.Kind.THROWN
                ? new HandlerInserter(this, values, next)
                : new PlaceVisitor(place, next) {
                    @Override
                    void here(Stack stack) {
                        if (isFree(values, stack)) {
                            values.hand(next, stack, live.slot);
                        }
                    }
                };
    }

    /** Counts a place; false if the values cannot be had there, and then the hook does not fit the class. */
    boolean isFree(Values values, Stack stack) {
        places++;
        String missing = values.obstacle(stack);
        obstacle = obstacle == null ? missing : obstacle;
        return obstacle == null;
    }

    /** How many places the hook would be woven into. */
    int places() {
        return places;
    }

    /** Why it cannot be, null if it can. Once the walk is over. */
    @Nullable
    String obstacle() {
        if (methods == 0) {
            return "this class has no such method";
        }
        return obstacle == null && places < live.hook.atLeast()
                ? "found " + places + " such places, not " + live.hook.atLeast()
                : obstacle;
    }
}
