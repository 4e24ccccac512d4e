/** Well-known servers and libraries under load, each in a program of its own, with nothing wrong. */
package dev.asyncinspect.examples.healthy;
