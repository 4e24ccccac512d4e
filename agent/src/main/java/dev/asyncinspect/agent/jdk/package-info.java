/**
 * What the objects of the JDK say, read from outside: threads, locks, futures, pools. {@link
 * dev.asyncinspect.agent.jdk.JdkDoor} alone opens the JDK; every reader works with whatever it gets from there.
 */
@NullMarked
package dev.asyncinspect.agent.jdk;

import org.jspecify.annotations.NullMarked;
