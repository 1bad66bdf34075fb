package org.answerprint.cli;

import java.util.concurrent.Callable;
import org.answerprint.faults.RequestFault;
import picocli.CommandLine.Command;

/** Listed here, done by the script: the tests build the project, so that they cannot run inside of it. */
@Command(name = "test", description = "Run all tests of the project, as CI does.")
final class TestCommand implements Callable<Integer> {

  @Override
  public Integer call() {
    throw new RequestFault("the tests are run by the script; call ./answerprint test from the project's folder");
  }
}
