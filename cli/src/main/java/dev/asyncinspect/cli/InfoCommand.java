package dev.asyncinspect.cli;

import picocli.CommandLine.Command;

/** {@code info}: what runs us and what this machine allows. */
@Command(name = "info", description = "Shows versions, the JVM that runs us, and how many JVMs can be looked at.")
final class InfoCommand extends AnswerCommand {

    @Override
    ExitCode answer(Terminal terminal, Environment environment) {
        var jvms = environment.observations().jvms();
        long reachable = jvms.stream().filter(jvm -> jvm.obstacle() == null).count();
        terminal.line("async-inspect  " + VersionCommand.version());
        terminal.line("runs on        " + System.getProperty("java.vm.name") + " "
                + System.getProperty("java.vm.version") + " (" + System.getProperty("java.home") + ")");
        terminal.line("system         " + System.getProperty("os.name") + " " + System.getProperty("os.version") + ", "
                + System.getProperty("os.arch") + ", user " + System.getProperty("user.name"));
        terminal.line("JVMs here      " + jvms.size() + ", of which " + reachable + " can be looked at");
        terminal.line("distances      dump (live by Thread.print, or files)");
        return ExitCode.HEALTHY;
    }
}
