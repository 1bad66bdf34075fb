locals {
  sqs    = "arn:${var.place.partition}:sqs:${var.place.region}:${var.place.account}"
  events = "arn:${var.place.partition}:events:${var.place.region}:${var.place.account}"
  rule   = "${var.prefix}-uploads"

  # With Kafka the facts' queues fall away, and one takes what a function gave up on.
  queues = var.kind == "sqs" ? var.queues : { for name, queue in var.queues : name => queue if contains(["storage", "work"], name) }
  fact   = var.kind == "kafka" ? ["facts"] : []
  dead   = { for name in concat(keys(local.queues), local.fact) : name => "${var.prefix}-${name}-dead" }
}

resource "aws_sqs_queue" "dead" {
  for_each = local.dead

  name                      = each.value
  message_retention_seconds = 14 * 86400
  kms_master_key_id         = var.key_arn
}

resource "aws_sqs_queue" "this" {
  for_each = local.queues

  name                       = "${var.prefix}-${each.key}"
  visibility_timeout_seconds = each.value.visibility
  message_retention_seconds  = each.value.days * 86400
  receive_wait_time_seconds  = 20
  kms_master_key_id          = var.key_arn

  redrive_policy = jsonencode({
    deadLetterTargetArn = "${local.sqs}:${local.dead[each.key]}"
    maxReceiveCount     = each.value.receives
  })

  depends_on = [aws_sqs_queue.dead]
}

resource "aws_sqs_queue_redrive_allow_policy" "dead" {
  for_each = local.queues

  queue_url = aws_sqs_queue.dead[each.key].id
  redrive_allow_policy = jsonencode({
    redrivePermission = "byQueue"
    sourceQueueArns   = ["${local.sqs}:${var.prefix}-${each.key}"]
  })
}

# What lands in the bucket, but for empty objects, which tools leave in place of folders.
resource "aws_cloudwatch_event_rule" "uploads" {
  name        = local.rule
  description = "What lands in ${var.uploads.bucket}"
  event_pattern = jsonencode({
    source      = ["aws.s3"]
    detail-type = ["Object Created"]
    detail = {
      bucket = { name = [var.uploads.bucket] }
      object = { key = [{ prefix = var.uploads.prefix }], size = [{ numeric = [">", 0] }] }
    }
  })
}

resource "aws_cloudwatch_event_target" "storage" {
  rule = aws_cloudwatch_event_rule.uploads.name
  arn  = aws_sqs_queue.this["storage"].arn

  dead_letter_config {
    arn = aws_sqs_queue.dead["storage"].arn
  }
}

resource "aws_sqs_queue_policy" "events" {
  for_each = {
    ("${var.prefix}-storage") = aws_sqs_queue.this["storage"].id
    (local.dead["storage"])   = aws_sqs_queue.dead["storage"].id
  }

  queue_url = each.value
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid       = "UploadsArrive"
      Effect    = "Allow"
      Principal = { Service = "events.amazonaws.com" }
      Action    = ["sqs:SendMessage"]
      Resource  = "${local.sqs}:${each.key}"
      Condition = { ArnEquals = { "aws:SourceArn" = "${local.events}:rule/${local.rule}" } }
    }]
  })
}
