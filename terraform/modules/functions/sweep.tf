# The clock of the system: jobs that stand still are looked at again, uploads that raised no event are found, and jobs for GPUs are
# submitted as the backlog asks for them.
module "clock" {
  source = "../role"

  prefix   = var.prefix
  place    = var.place
  name     = "clock"
  service  = "scheduler.amazonaws.com"
  rights   = { invokes = ["sweep"] }
  boundary = var.boundary
}

resource "aws_scheduler_schedule" "sweep" {
  name                = "${var.prefix}-sweep"
  description         = "Looks for work that was lost, and submits work for GPUs"
  schedule_expression = var.sweep_minutes == 1 ? "rate(1 minute)" : "rate(${var.sweep_minutes} minutes)"

  flexible_time_window {
    mode = "OFF"
  }

  target {
    arn      = aws_lambda_function.this["sweep"].arn
    role_arn = module.clock.arn
    input    = jsonencode({ type = "org.answerprint.sweep.due.v1" })

    # The next one is not far.
    retry_policy {
      maximum_retry_attempts       = 0
      maximum_event_age_in_seconds = 60
    }
  }
}
