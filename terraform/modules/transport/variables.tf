variable "prefix" {
  description = "What every name begins with; ANSWERPRINT_PREFIX of the functions."
  type        = string
}

variable "place" {
  description = "Where everything lies: the account, the region and the partition. Given, not looked up, so that a plan needs no account."
  type = object({
    account   = string
    region    = string
    partition = optional(string, "aws")
  })
}

variable "kind" {
  description = "What facts travel on between stages: sqs, or kafka with IAM. What lands in the bucket and work for GPUs travel on SQS either way."
  type        = string

  validation {
    condition     = contains(["sqs", "kafka"], var.kind)
    error_message = "The transport is sqs or kafka."
  }
}

variable "queues" {
  description = "The queues by name: seconds for which a taken message is hidden, times it is taken before it is a dead letter, days it is kept."
  type = map(object({
    visibility = number
    receives   = optional(number, 3)
    days       = optional(number, 4)
  }))

  validation {
    condition     = alltrue([for queue in values(var.queues) : queue.visibility >= 30 && queue.visibility <= 43200])
    error_message = "A message is hidden for 30 s to 12 h."
  }

  validation {
    condition     = contains(keys(var.queues), "storage") && contains(keys(var.queues), "work")
    error_message = "The queues storage and work are needed by either transport."
  }
}

variable "key_arn" {
  description = "The key under which messages lie; its policy lets EventBridge send."
  type        = string
}

variable "uploads" {
  description = "The bucket whose new objects raise events, and the folder in it that counts; an empty prefix means all."
  type = object({
    bucket = string
    prefix = optional(string, "")
  })
}

variable "kafka" {
  description = "The cluster: an existing MSK cluster by its ARN and brokers, or one that is made, provisioned (two small brokers) or serverless."
  type = object({
    cluster_arn = optional(string)
    brokers     = optional(string)
    make        = optional(string)
    version     = optional(string, "3.9.x")
    storage_gb  = optional(number, 10)
  })
  default = {}

  validation {
    condition     = var.kafka.make == null || contains(["provisioned", "serverless"], coalesce(var.kafka.make, "none"))
    error_message = "A Kafka cluster is made provisioned or serverless."
  }

  validation {
    condition = var.kafka.cluster_arn == null || alltrue([
      var.kafka.make == null, var.kafka.brokers != null,
      can(regex("^arn:[^:]+:kafka:[^:]+:[0-9]{12}:cluster/[^/]+/[^/]+$", var.kafka.cluster_arn)),
    ])
    error_message = "An existing cluster is given by cluster_arn (arn:…:kafka:…:cluster/NAME/ID) and brokers, and then none is made."
  }
}

variable "network" {
  description = "Where brokers that are made stand."
  type = object({
    vpc_id     = string
    subnet_ids = list(string)
    cidr       = string
  })
}
