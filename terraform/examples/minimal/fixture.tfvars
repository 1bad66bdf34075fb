# Made up, so that tests can plan everything: there are no such images.
images = {
  cpu = "000000000000.example/answerprint-cpu@sha256:0000000000000000000000000000000000000000000000000000000000000000"
  gpu = "000000000000.example/answerprint-gpu@sha256:0000000000000000000000000000000000000000000000000000000000000000"
}
emails = ["somebody@example.org"]
