locals {
  arn  = "arn:${var.place.partition}"
  root = "${local.arn}:iam::${var.place.account}:root"

  buckets = { for name in ["in", "work", "out"] : name => "${var.prefix}-${name}" }

  # After this many days objects below these prefixes go. Jobs stay: a job that is gone would be run again by the sweep.
  expiry = {
    in   = var.keep_uploads_days > 0 ? { "" = var.keep_uploads_days } : {}
    work = { "takes/" = var.keep_takes_days, "transitions/" = var.keep_takes_days, "gpu/" = 2 }
    out  = {}
  }
}

resource "aws_s3_bucket" "this" {
  for_each = local.buckets

  bucket = each.value
}

resource "aws_s3_bucket_public_access_block" "this" {
  for_each = aws_s3_bucket.this

  bucket                  = each.value.id
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}

resource "aws_s3_bucket_ownership_controls" "this" {
  for_each = aws_s3_bucket.this

  bucket = each.value.id

  rule {
    object_ownership = "BucketOwnerEnforced"
  }
}

resource "aws_s3_bucket_server_side_encryption_configuration" "this" {
  for_each = aws_s3_bucket.this

  bucket = each.value.id

  rule {
    bucket_key_enabled = true

    apply_server_side_encryption_by_default {
      sse_algorithm     = "aws:kms"
      kms_master_key_id = aws_kms_key.data.arn
    }
  }
}

resource "aws_s3_bucket_lifecycle_configuration" "this" {
  for_each = aws_s3_bucket.this

  bucket = each.value.id

  rule {
    id     = "give up unfinished uploads"
    status = "Enabled"

    filter {
      prefix = ""
    }

    abort_incomplete_multipart_upload {
      days_after_initiation = 2
    }
  }

  dynamic "rule" {
    for_each = local.expiry[each.key]

    content {
      id     = "expire ${rule.key}"
      status = "Enabled"

      filter {
        prefix = rule.key
      }

      expiration {
        days = rule.value
      }
    }
  }
}

resource "aws_s3_bucket_policy" "this" {
  for_each = local.buckets

  bucket = aws_s3_bucket.this[each.key].id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = concat(
      [
        {
          Sid       = "OnlyOverTls"
          Effect    = "Deny"
          Principal = "*"
          Action    = "s3:*"
          Resource  = ["${local.arn}:s3:::${each.value}", "${local.arn}:s3:::${each.value}/*"]
          Condition = { Bool = { "aws:SecureTransport" = "false" } }
        },
        {
          Sid       = "NoOldTls"
          Effect    = "Deny"
          Principal = "*"
          Action    = "s3:*"
          Resource  = ["${local.arn}:s3:::${each.value}", "${local.arn}:s3:::${each.value}/*"]
          Condition = { NumericLessThan = { "s3:TlsVersion" = "1.2" } }
        },
      ],
      # Whatever a role is granted elsewhere, no stage can raise the event that would start it again.
      [for name in ["in"] : {
        Sid       = "NoStageFeedsItself"
        Effect    = "Deny"
        Principal = "*"
        Action    = ["s3:PutObject", "s3:DeleteObject"]
        Resource  = ["${local.arn}:s3:::${each.value}/*"]
        Condition = { ArnEquals = {
          "aws:PrincipalArn" = [for role in var.stage_roles : "${local.arn}:iam::${var.place.account}:role/${role}"]
        } }
      } if name == each.key],
    )
  })

  depends_on = [aws_s3_bucket_public_access_block.this]
}

# A bucket has one notification configuration; only uploads raise events.
resource "aws_s3_bucket_notification" "in" {
  bucket      = aws_s3_bucket.this["in"].id
  eventbridge = true
}

resource "aws_s3_bucket_cors_configuration" "in" {
  count = length(var.upload_origins) > 0 ? 1 : 0

  bucket = aws_s3_bucket.this["in"].id

  cors_rule {
    allowed_methods = ["PUT", "POST"]
    allowed_origins = var.upload_origins
    allowed_headers = ["content-type", "x-amz-checksum-sha256"]
    max_age_seconds = 600
  }
}
