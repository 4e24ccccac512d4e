/** The vocabulary of every answer: one moment of a JVM as an immutable graph of tasks that wait for resources. */
@NullMarked
package dev.asyncinspect.model;

import org.jspecify.annotations.NullMarked;
