locals {
  here    = "${var.place.region}:${var.place.account}"
  arn     = "arn:${var.place.partition}"
  s3      = "${local.arn}:s3:::${var.prefix}-"
  sqs     = "${local.arn}:sqs:${local.here}:${var.prefix}-"
  kafka   = "${local.arn}:kafka:${local.here}"
  cluster = var.kafka_cluster
  name    = "${var.prefix}-${var.name}"

  objects = { for right in ["reads", "writes", "deletes"] : right => [for path in var.rights[right] : "${local.s3}${path}"] }
  queues  = { for right in ["sends", "takes", "counts"] : right => [for queue in var.rights[right] : "${local.sqs}${queue}"] }
  topics = { for right in ["produces", "consumes", "topics"] : right => [
    for topic in var.rights[right] : "${local.kafka}:topic/${local.cluster}/${topic}"
  ] }

  statements = [for statement in [
    { Sid = "ReadObjects", Action = ["s3:GetObject", "s3:GetObjectVersion"], Resource = local.objects.reads },
    { Sid = "WriteObjects", Action = ["s3:AbortMultipartUpload", "s3:PutObject"], Resource = local.objects.writes },
    { Sid = "DeleteObjects", Action = ["s3:DeleteObject"], Resource = local.objects.deletes },
    { Sid = "ListBuckets", Action = ["s3:ListBucket"], Resource = [for bucket in var.rights.lists : "${local.s3}${bucket}"] },
    { Sid = "SendMessages", Action = ["sqs:GetQueueUrl", "sqs:SendMessage"], Resource = local.queues.sends },
    {
      Sid      = "TakeMessages"
      Action   = ["sqs:ChangeMessageVisibility", "sqs:DeleteMessage", "sqs:GetQueueAttributes", "sqs:GetQueueUrl", "sqs:ReceiveMessage"]
      Resource = local.queues.takes
    },
    { Sid = "CountMessages", Action = ["sqs:GetQueueAttributes", "sqs:GetQueueUrl"], Resource = local.queues.counts },
    {
      Sid    = "ReachBrokers"
      Action = ["kafka-cluster:Connect"]
      Resource = length(concat(var.rights.produces, var.rights.consumes, var.rights.topics)) > 0 ? [
        "${local.kafka}:cluster/${local.cluster}"
      ] : []
    },
    {
      Sid      = "ProduceFacts"
      Action   = ["kafka-cluster:DescribeTopic", "kafka-cluster:WriteData"]
      Resource = local.topics.produces
    },
    {
      Sid      = "ConsumeFacts"
      Action   = ["kafka-cluster:DescribeTopic", "kafka-cluster:ReadData"]
      Resource = local.topics.consumes
    },
    {
      Sid      = "KeepOffsets"
      Action   = ["kafka-cluster:AlterGroup", "kafka-cluster:DescribeGroup"]
      Resource = [for topic in var.rights.consumes : "${local.kafka}:group/${local.cluster}/${local.name}-${topic}"]
    },
    {
      Sid      = "MakeTopics"
      Action   = ["kafka-cluster:CreateTopic", "kafka-cluster:DescribeTopic"]
      Resource = local.topics.topics
    },
    {
      Sid    = "SubmitJobs"
      Action = ["batch:SubmitJob"]
      Resource = flatten([for job, queue in var.rights.submits : [
        "${local.arn}:batch:${local.here}:job-queue/${var.prefix}-${queue}",
        "${local.arn}:batch:${local.here}:job-definition/${var.prefix}-${job}",
        "${local.arn}:batch:${local.here}:job-definition/${var.prefix}-${job}:*",
      ]])
    },
    {
      Sid      = "InvokeFunctions"
      Action   = ["lambda:InvokeFunction"]
      Resource = [for function in var.rights.invokes : "${local.arn}:lambda:${local.here}:function:${var.prefix}-${function}"]
    },
    {
      Sid      = "ReadParameters"
      Action   = ["ssm:GetParameter"]
      Resource = [for parameter in var.rights.parameters : "${local.arn}:ssm:${local.here}:parameter/${trimprefix(parameter, "/")}"]
    },
    {
      Sid      = "WriteLogs"
      Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]
      Resource = [for group in var.log_groups : "${local.arn}:logs:${local.here}:log-group:${group}:*"]
    },
  ] : merge(statement, { Effect = "Allow" }) if length(statement.Resource) > 0]

  # The key is named by its alias: its own name is not known before it exists, and a policy that nobody can read before it is
  # applied cannot be judged.
  keyed = length(flatten([values(local.objects), values(local.queues)])) > 0
  key = {
    Sid      = "UseTheKey"
    Effect   = "Allow"
    Action   = ["kms:Decrypt", "kms:GenerateDataKey"]
    Resource = ["${local.arn}:kms:${local.here}:key/*"]
    Condition = {
      "ForAnyValue:StringEquals" = { "kms:ResourceAliases" = ["alias/${var.prefix}"] }
      StringEquals               = { "kms:ViaService" = ["s3.${var.place.region}.amazonaws.com", "sqs.${var.place.region}.amazonaws.com"] }
    }
  }

  # Encoded one by one, as the last one has another shape.
  written = concat([for statement in local.statements : jsonencode(statement)], local.keyed ? [jsonencode(local.key)] : [])
}

resource "aws_iam_role" "this" {
  name                 = local.name
  permissions_boundary = var.boundary

  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = var.service }
      Action    = "sts:AssumeRole"
    }]
  })
}

resource "aws_iam_role_policy" "this" {
  count = length(local.written) > 0 ? 1 : 0

  name = "rights"
  role = aws_iam_role.this.name
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [for statement in local.written : jsondecode(statement)]
  })
}

resource "aws_iam_role_policy_attachment" "this" {
  for_each = toset(var.attachments)

  role       = aws_iam_role.this.name
  policy_arn = "${local.arn}:iam::aws:policy/${each.key}"
}
