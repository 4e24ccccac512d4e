package reactor.core.scheduler;

/** Stands for the interface of Reactor, which is recognised by its name. */
public interface NonBlocking {}
