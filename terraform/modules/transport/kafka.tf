locals {
  kafka       = var.kind == "kafka"
  provisioned = local.kafka && var.kafka.make == "provisioned"
  serverless  = local.kafka && var.kafka.make == "serverless"
  made        = local.provisioned || local.serverless

  cluster_arn = one(concat(
    aws_msk_cluster.this[*].arn, aws_msk_serverless_cluster.this[*].arn, local.kafka && !local.made ? [var.kafka.cluster_arn] : [],
  ))
  brokers = one(concat(
    aws_msk_cluster.this[*].bootstrap_brokers_sasl_iam, aws_msk_serverless_cluster.this[*].bootstrap_brokers_sasl_iam,
    local.kafka && !local.made ? [var.kafka.brokers] : [],
  ))

  # Policies name the cluster before it exists: the last part of its ARN is made up by AWS, so it is left open, the name is not.
  cluster = local.made ? "${var.prefix}/*" : local.kafka ? join("/", slice(split("/", var.kafka.cluster_arn), 1, 3)) : ""
}

resource "aws_security_group" "brokers" {
  count = local.made ? 1 : 0

  name_prefix = "${var.prefix}-brokers-"
  description = "Brokers: this network comes in, with IAM"
  vpc_id      = var.network.vpc_id

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_vpc_security_group_ingress_rule" "brokers" {
  count = local.made ? 1 : 0

  security_group_id = aws_security_group.brokers[0].id
  description       = "functions, workers, and the pollers that read for functions"
  ip_protocol       = "tcp"
  from_port         = 9098
  to_port           = 9098
  cidr_ipv4         = var.network.cidr
}

# The pollers wear the brokers' group, and reach the brokers and the endpoints with it.
resource "aws_vpc_security_group_egress_rule" "pollers" {
  for_each = local.made ? toset(["443", "9098"]) : toset([])

  security_group_id = aws_security_group.brokers[0].id
  description       = "pollers: port ${each.key}"
  ip_protocol       = "tcp"
  from_port         = tonumber(each.key)
  to_port           = tonumber(each.key)
  cidr_ipv4         = var.network.cidr
}

resource "aws_msk_configuration" "this" {
  count = local.provisioned ? 1 : 0

  name           = var.prefix
  kafka_versions = [var.kafka.version]

  # Topics are made on purpose, by the sweep.
  server_properties = <<-TEXT
    auto.create.topics.enable=false
    default.replication.factor=2
    min.insync.replicas=1
    offsets.topic.replication.factor=2
  TEXT

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_msk_cluster" "this" {
  count = local.provisioned ? 1 : 0

  cluster_name           = var.prefix
  kafka_version          = var.kafka.version
  number_of_broker_nodes = 2

  broker_node_group_info {
    instance_type   = "kafka.t3.small"
    client_subnets  = slice(var.network.subnet_ids, 0, 2)
    security_groups = [aws_security_group.brokers[0].id]

    storage_info {
      ebs_storage_info {
        volume_size = var.kafka.storage_gb
      }
    }
  }

  client_authentication {
    unauthenticated = false

    sasl {
      iam = true
    }
  }

  configuration_info {
    arn      = aws_msk_configuration.this[0].arn
    revision = aws_msk_configuration.this[0].latest_revision
  }

  encryption_info {
    encryption_at_rest_kms_key_arn = var.key_arn

    encryption_in_transit {
      client_broker = "TLS"
      in_cluster    = true
    }
  }
}

resource "aws_msk_serverless_cluster" "this" {
  count = local.serverless ? 1 : 0

  cluster_name = var.prefix

  vpc_config {
    subnet_ids         = var.network.subnet_ids
    security_group_ids = [aws_security_group.brokers[0].id]
  }

  client_authentication {
    sasl {
      iam {
        enabled = true
      }
    }
  }
}
