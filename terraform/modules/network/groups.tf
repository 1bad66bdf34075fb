# Nobody is let in anywhere but where a rule below says so; who works reaches HTTPS and, where there is one, the broker.
resource "aws_security_group" "workers" {
  name_prefix = "${var.prefix}-workers-"
  description = "Functions and workers: nobody comes in"
  vpc_id      = local.vpc_id

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_vpc_security_group_egress_rule" "https" {
  security_group_id = aws_security_group.workers.id
  description       = "services of AWS"
  ip_protocol       = "tcp"
  from_port         = 443
  to_port           = 443
  cidr_ipv4         = "0.0.0.0/0"
}

resource "aws_vpc_security_group_egress_rule" "kafka" {
  count = var.kafka ? 1 : 0

  security_group_id = aws_security_group.workers.id
  description       = "the broker, with IAM"
  ip_protocol       = "tcp"
  from_port         = 9098
  to_port           = 9098
  cidr_ipv4         = local.cidr
}

resource "aws_security_group" "endpoints" {
  count = length(local.endpoints) > 0 ? 1 : 0

  name_prefix = "${var.prefix}-endpoints-"
  description = "Endpoints: this network comes in"
  vpc_id      = local.vpc_id

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_vpc_security_group_ingress_rule" "endpoints" {
  count = length(local.endpoints) > 0 ? 1 : 0

  security_group_id = aws_security_group.endpoints[0].id
  description       = "from this network: functions, workers, and the pollers that read Kafka for them"
  ip_protocol       = "tcp"
  from_port         = 443
  to_port           = 443
  cidr_ipv4         = local.cidr
}
