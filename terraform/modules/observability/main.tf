locals {
  arn   = "arn:${var.place.partition}"
  here  = "${var.place.region}:${var.place.account}"
  topic = "${var.prefix}-alarms"

  log_groups = { for name in var.log_groups : name => "/${var.prefix}/${name}" }
}

resource "aws_cloudwatch_log_group" "this" {
  for_each = local.log_groups

  name              = each.value
  retention_in_days = var.keep_logs_days
  kms_key_id        = var.key_arn
}

resource "aws_sns_topic" "alarms" {
  name              = local.topic
  kms_master_key_id = var.key_arn
}

resource "aws_sns_topic_policy" "alarms" {
  arn = aws_sns_topic.alarms.arn
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "AlarmsArrive"
        Effect    = "Allow"
        Principal = { Service = ["cloudwatch.amazonaws.com", "budgets.amazonaws.com"] }
        Action    = ["sns:Publish"]
        Resource  = "${local.arn}:sns:${local.here}:${local.topic}"
        Condition = { StringEquals = { "aws:SourceAccount" = var.place.account } }
      },
      # EventBridge takes no conditions in a topic's policy.
      {
        Sid       = "EventsArrive"
        Effect    = "Allow"
        Principal = { Service = "events.amazonaws.com" }
        Action    = ["sns:Publish"]
        Resource  = "${local.arn}:sns:${local.here}:${local.topic}"
      },
    ]
  })
}

resource "aws_sns_topic_subscription" "email" {
  for_each = toset(var.emails)

  topic_arn = aws_sns_topic.alarms.arn
  protocol  = "email"
  endpoint  = each.key
}

resource "aws_cloudwatch_metric_alarm" "dead" {
  for_each = var.dead

  alarm_name          = "${each.value} holds letters"
  alarm_description   = "Something was given up on: look at the message, mend the cause, and start the redrive."
  namespace           = "AWS/SQS"
  metric_name         = "ApproximateNumberOfMessagesVisible"
  dimensions          = { QueueName = each.value }
  statistic           = "Maximum"
  period              = 300
  evaluation_periods  = 1
  comparison_operator = "GreaterThanThreshold"
  threshold           = 0
  treat_missing_data  = "notBreaching"
  alarm_actions       = [aws_sns_topic.alarms.arn]
}

resource "aws_cloudwatch_metric_alarm" "waiting" {
  for_each = var.waiting

  alarm_name          = "${var.prefix}-${each.key} waits"
  alarm_description   = "Messages are older than they should be: no worker starts, or too few do. Look at the job queue for the reason."
  namespace           = "AWS/SQS"
  metric_name         = "ApproximateAgeOfOldestMessage"
  dimensions          = { QueueName = "${var.prefix}-${each.key}" }
  statistic           = "Maximum"
  period              = 300
  evaluation_periods  = 2
  comparison_operator = "GreaterThanThreshold"
  threshold           = each.value
  treat_missing_data  = "notBreaching"
  alarm_actions       = [aws_sns_topic.alarms.arn]
}

resource "aws_cloudwatch_metric_alarm" "errors" {
  for_each = var.functions

  alarm_name          = "${var.prefix}-${each.key} fails"
  alarm_description   = "Three failures in five minutes; the reason stands in the function's log."
  namespace           = "AWS/Lambda"
  metric_name         = "Errors"
  dimensions          = { FunctionName = "${var.prefix}-${each.key}" }
  statistic           = "Sum"
  period              = 300
  evaluation_periods  = 1
  comparison_operator = "GreaterThanOrEqualToThreshold"
  threshold           = 3
  treat_missing_data  = "notBreaching"
  alarm_actions       = [aws_sns_topic.alarms.arn]
}

# Jobs have no metric of their own; a failed one is an event.
resource "aws_cloudwatch_event_rule" "jobs" {
  name        = "${var.prefix}-jobs-failed"
  description = "Jobs on Batch that failed for good"
  event_pattern = jsonencode({
    source      = ["aws.batch"]
    detail-type = ["Batch Job State Change"]
    detail = {
      status   = ["FAILED"]
      jobQueue = [for queue in ["gpu", "long"] : "${local.arn}:batch:${local.here}:job-queue/${var.prefix}-${queue}"]
    }
  })
}

resource "aws_cloudwatch_event_target" "jobs" {
  rule = aws_cloudwatch_event_rule.jobs.name
  arn  = aws_sns_topic.alarms.arn
}

resource "aws_budgets_budget" "monthly" {
  name         = var.prefix
  budget_type  = "COST"
  limit_amount = tostring(var.monthly_budget)
  limit_unit   = "USD"
  time_unit    = "MONTHLY"

  dynamic "notification" {
    for_each = { "ACTUAL-50" = ["ACTUAL", 50], "ACTUAL-100" = ["ACTUAL", 100], "FORECASTED-100" = ["FORECASTED", 100] }

    content {
      notification_type         = notification.value[0]
      threshold                 = notification.value[1]
      threshold_type            = "PERCENTAGE"
      comparison_operator       = "GREATER_THAN"
      subscriber_sns_topic_arns = [aws_sns_topic.alarms.arn]
    }
  }

  depends_on = [aws_sns_topic_policy.alarms]
}
