locals {
  made    = var.existing == null
  private = var.mode == "private"
  zones   = local.made ? { for i, zone in var.zones : "${var.place.region}${zone}" => i } : {}

  # What jobs on machines without a way out ask for; lambda and sts are for those who poll Kafka. One zone of them serves all.
  services = toset(concat(
    ["ecr.api", "ecr.dkr", "ecs", "ecs-agent", "ecs-telemetry", "logs", "sqs", "batch"],
    var.kafka ? ["lambda", "sts"] : [],
  ))
  endpoints = local.made && local.private ? local.services : toset([])

  vpc_id     = local.made ? aws_vpc.this[0].id : var.existing.vpc_id
  subnet_ids = local.made ? [for zone in sort(keys(local.zones)) : aws_subnet.this[zone].id] : var.existing.subnet_ids
  cidr       = local.made ? var.cidr : var.existing.cidr
  service    = "com.amazonaws.${var.place.region}"
}

resource "aws_vpc" "this" {
  count = local.made ? 1 : 0

  cidr_block           = var.cidr
  enable_dns_support   = true
  enable_dns_hostnames = true

  tags = { Name = var.prefix }
}

# The group that comes with a network lets its members talk; this one lets nobody.
resource "aws_default_security_group" "this" {
  count = local.made ? 1 : 0

  vpc_id = aws_vpc.this[0].id
}

resource "aws_subnet" "this" {
  for_each = local.zones

  vpc_id                  = aws_vpc.this[0].id
  availability_zone       = each.key
  cidr_block              = cidrsubnet(var.cidr, 4, each.value)
  map_public_ip_on_launch = !local.private

  tags = { Name = "${var.prefix}-${each.key}" }
}

resource "aws_route_table" "this" {
  count = local.made ? 1 : 0

  vpc_id = aws_vpc.this[0].id

  tags = { Name = var.prefix }
}

resource "aws_route_table_association" "this" {
  for_each = aws_subnet.this

  subnet_id      = each.value.id
  route_table_id = aws_route_table.this[0].id
}

resource "aws_internet_gateway" "this" {
  count = local.made && !local.private ? 1 : 0

  vpc_id = aws_vpc.this[0].id

  tags = { Name = var.prefix }
}

resource "aws_route" "out" {
  count = local.made && !local.private ? 1 : 0

  route_table_id         = aws_route_table.this[0].id
  destination_cidr_block = "0.0.0.0/0"
  gateway_id             = aws_internet_gateway.this[0].id
}

# Free, and narrower than the way it replaces: our buckets, and the one in which the registry keeps layers.
resource "aws_vpc_endpoint" "s3" {
  count = local.made ? 1 : 0

  vpc_id            = aws_vpc.this[0].id
  service_name      = "${local.service}.s3"
  vpc_endpoint_type = "Gateway"
  route_table_ids   = [aws_route_table.this[0].id]

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "OwnBuckets"
        Effect    = "Allow"
        Principal = "*"
        Action = [
          "s3:AbortMultipartUpload", "s3:DeleteObject", "s3:GetObject", "s3:GetObjectVersion", "s3:ListBucket",
          "s3:ListMultipartUploadParts", "s3:PutObject",
        ]
        Resource = flatten([for bucket in var.buckets : [
          "arn:${var.place.partition}:s3:::${bucket}", "arn:${var.place.partition}:s3:::${bucket}/*",
        ]])
        Condition = { StringEquals = { "aws:ResourceAccount" = var.place.account } }
      },
      {
        Sid       = "ImageLayers"
        Effect    = "Allow"
        Principal = "*"
        Action    = ["s3:GetObject"]
        Resource  = ["arn:${var.place.partition}:s3:::prod-${var.place.region}-starport-layer-bucket/*"]
      },
    ]
  })

  tags = { Name = "${var.prefix}-s3" }
}

resource "aws_vpc_endpoint" "this" {
  for_each = local.endpoints

  vpc_id              = aws_vpc.this[0].id
  service_name        = "${local.service}.${each.key}"
  vpc_endpoint_type   = "Interface"
  private_dns_enabled = true
  subnet_ids          = [local.subnet_ids[0]]
  security_group_ids  = [aws_security_group.endpoints[0].id]

  tags = { Name = "${var.prefix}-${each.key}" }
}
