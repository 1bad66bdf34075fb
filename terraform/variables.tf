variable "prefix" {
  description = "What every name begins with; buckets are <prefix>-in, -work and -out, and no two buckets in the world share a name, so choose your own."
  type        = string

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{2,30}[a-z0-9]$", var.prefix)) && !strcontains(var.prefix, "--")
    error_message = "The prefix has 4 to 32 lower-case letters, digits and single hyphens, and begins with a letter."
  }
}

variable "account_id" {
  description = "The account's twelve digits. Given, not looked up, so that a plan needs no account."
  type        = string

  validation {
    condition     = can(regex("^[0-9]{12}$", var.account_id))
    error_message = "An account has twelve digits: aws sts get-caller-identity --query Account."
  }
}

variable "region" {
  description = "The region of everything; prices in the outputs are those of us-east-1."
  type        = string
  default     = "us-east-1"

  validation {
    condition     = can(regex("^[a-z]{2}(-[a-z]+)+-[0-9]$", var.region))
    error_message = "A region looks like us-east-1."
  }
}

variable "partition" {
  description = "The partition of AWS."
  type        = string
  default     = "aws"

  validation {
    condition     = contains(["aws", "aws-us-gov", "aws-cn"], var.partition)
    error_message = "The partition is aws, aws-us-gov or aws-cn."
  }
}

variable "images" {
  description = "Both images by digest. null, for the first apply, makes the registries to push them to, the buckets and the queues, and nothing that runs."
  type = object({
    cpu = string
    gpu = string
  })
  default = null

  validation {
    condition = var.images == null || alltrue([
      for image in [try(var.images.cpu, ""), try(var.images.gpu, "")] : can(regex("@sha256:[0-9a-f]{64}$", image))
    ])
    error_message = "Both images are named by digest: …@sha256: and 64 hexadecimal digits. A tag can change what it names."
  }
}

variable "upload_prefix" {
  description = "The folder of the bucket -in in which videos count; empty means everywhere."
  type        = string
  default     = ""
}

variable "upload_origins" {
  description = "Web pages that may send uploads from a browser, as https origins."
  type        = list(string)
  default     = []
}

variable "keep_takes_days" {
  description = "How long finished takes are kept so that later edits find them."
  type        = number
  default     = 30
}

variable "keep_uploads_days" {
  description = "How long uploads are kept; 0 keeps them until they are deleted."
  type        = number
  default     = 0
}

variable "transport" {
  description = "What facts travel on between stages: sqs, which costs next to nothing when idle, or kafka."
  type        = string
  default     = "sqs"

  validation {
    condition     = contains(["sqs", "kafka"], var.transport)
    error_message = "The transport is sqs or kafka."
  }
}

variable "kafka" {
  description = <<-TEXT
    With kafka: an existing MSK cluster (cluster_arn, brokers), or make = provisioned (two small brokers) or serverless. Both cost
    every hour: see idle_usd_per_month.
  TEXT
  type = object({
    cluster_arn = optional(string)
    brokers     = optional(string)
    make        = optional(string)
    version     = optional(string, "3.9.x")
    storage_gb  = optional(number, 10)
    partitions  = optional(number, 12)
  })
  default = {}

  validation {
    condition     = var.transport != "kafka" || var.kafka.cluster_arn != null || var.kafka.make != null
    error_message = "With kafka as transport, give kafka.cluster_arn and kafka.brokers of an existing cluster, or kafka.make."
  }
}

variable "network" {
  description = <<-TEXT
    mode public: workers have a public address while they run, nobody comes in, functions stay outside; free. private: no way out
    but endpoints, which cost every hour. existing: a network that is there, with its own ways to AWS's services.
  TEXT
  type = object({
    mode  = optional(string, "public")
    cidr  = optional(string, "10.60.0.0/16")
    zones = optional(list(string), ["a", "b"])
    existing = optional(object({
      vpc_id     = string
      subnet_ids = list(string)
      cidr       = string
    }))
  })
  default = {}

  validation {
    condition     = var.transport != "kafka" || var.network.mode == "private"
    error_message = "Functions reach a Kafka cluster from inside its network only: with kafka as transport, network.mode is private."
  }
}

variable "gpu" {
  description = "Workers: machines, how many at once, how long one waits for more work and may run, and what is assumed of a cold start."
  type = object({
    instance_types = optional(list(string), ["g6.xlarge", "g6.2xlarge", "g5.xlarge", "g6e.xlarge"])
    at_once        = optional(number, 4)
    idle_seconds   = optional(number, 60)
    limit_seconds  = optional(number, 14400)
    start_seconds  = optional(number, 345)
    start_share    = optional(number, 0.25)
  })
  default = {}

  validation {
    condition     = var.gpu.start_share > 0 && var.gpu.start_share < 1
    error_message = "Starting machines may take a share between 0 and 1 of the work."
  }
}

variable "gpu_prices" {
  description = "USD an hour, On-Demand and Spot, by instance type; for types that the built-in list does not know, or other regions."
  type = map(object({
    on_demand = number
    spot      = number
  }))
  default = {}

  validation {
    condition     = alltrue([for price in values(var.gpu_prices) : price.on_demand > 0 && price.spot > 0])
    error_message = "Prices are more than nothing."
  }
}

variable "encoder" {
  description = "What segments are encoded with: auto takes NVENC where every instance type has it, else libx264. One for all workers, or segments would not join."
  type        = string
  default     = "auto"

  validation {
    condition     = contains(["auto", "libx264", "h264_nvenc"], var.encoder)
    error_message = "The encoder is auto, libx264 or h264_nvenc."
  }

  validation {
    condition     = var.encoder != "h264_nvenc" || alltrue([for type in var.gpu.instance_types : !can(regex("^p[45]", type))])
    error_message = "p4d and p5 (A100, H100) have no NVENC: take other instance types, or libx264."
  }
}

variable "long_film_seconds" {
  description = "Longer films are extracted and assembled on Batch instead of Lambda, which ends after 15 minutes."
  type        = number
  default     = 600

  validation {
    condition     = var.long_film_seconds >= 60 && var.long_film_seconds <= 3600
    error_message = "A film is long from 1 to 60 minutes on."
  }
}

variable "reserved_concurrency" {
  description = "How many of each function run at once at most. A new account runs ten functions in all and can reserve none: ask for a quota first."
  type        = number
  default     = null
}

variable "sweep_minutes" {
  description = "How often lost work is looked for and jobs for GPUs are submitted: the longest wait for a worker to be asked for."
  type        = number
  default     = 1
}

variable "upload_door" {
  description = "Whether there is a function that hands out presigned uploads to callers with the right to invoke it, and what it allows."
  type = object({
    max_mb  = optional(number, 5000)
    minutes = optional(number, 15)
  })
  default = null

  validation {
    condition = var.upload_door == null || try(alltrue([
      var.upload_door.minutes >= 1, var.upload_door.minutes <= 60, var.upload_door.max_mb >= 1, var.upload_door.max_mb <= 5000,
    ]), false)
    error_message = "A presigned upload holds for 1 to 60 minutes and takes 1 to 5000 MB."
  }
}

variable "webhook" {
  description = "Where job events are posted, signed with the secret in this SecureString parameter of the parameter store."
  type = object({
    url              = string
    secret_parameter = string
  })
  default = null

  validation {
    condition     = var.webhook == null || can(regex("^https://[^/@ ]+[.][a-z]+(/|$)", try(var.webhook.url, "")))
    error_message = "A webhook is an https address with a public name."
  }
}

variable "emails" {
  description = "Who is told of alarms and of the budget; each has to confirm once."
  type        = list(string)
  default     = []
}

variable "monthly_budget" {
  description = "USD a month above which mail is sent; a warning, not a limit."
  type        = number
  default     = 50
}

variable "keep_logs_days" {
  description = "How long logs are kept."
  type        = number
  default     = 14
}

variable "permissions_boundary" {
  description = "ARN of a permissions boundary for all roles, or null."
  type        = string
  default     = null
}
