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

variable "image" {
  description = "The CPU image, by digest, in this account's registry."
  type        = string

  validation {
    condition     = can(regex("@sha256:[0-9a-f]{64}$", var.image))
    error_message = "The image is named by its digest: …@sha256: and 64 hexadecimal digits. A tag can change what it names."
  }
}

variable "functions" {
  description = <<-TEXT
    The functions by name: seconds, MB of memory and of scratch, what they take from queues (messages a
    call), what they consume of Kafka, and their rights, as the module role describes them. outside: not in the network.
  TEXT
  type = map(object({
    seconds     = number
    memory_mb   = optional(number, 1024)
    scratch_mb  = optional(number, 512)
    takes       = optional(map(number), {})
    consumes    = optional(list(string), [])
    outside     = optional(bool, false)
    environment = optional(map(string), {})
    rights = object({
      reads      = optional(list(string), [])
      writes     = optional(list(string), [])
      deletes    = optional(list(string), [])
      lists      = optional(list(string), [])
      sends      = optional(list(string), [])
      counts     = optional(list(string), [])
      produces   = optional(list(string), [])
      topics     = optional(list(string), [])
      submits    = optional(map(string), {})
      parameters = optional(list(string), [])
    })
  }))

  validation {
    condition     = alltrue([for function in values(var.functions) : function.seconds >= 1 && function.seconds <= 900])
    error_message = "A function runs for 15 minutes at most; longer work belongs on Batch."
  }

  validation {
    condition     = alltrue([for function in values(var.functions) : function.memory_mb >= 512 && function.memory_mb <= 10240])
    error_message = "A function has 512 to 10240 MB of memory."
  }
}

variable "environment" {
  description = "Variables of all functions and jobs."
  type        = map(string)
}

variable "queues" {
  description = "Names of the queues that functions are started by, by what travels on them."
  type        = map(string)
}

variable "kafka" {
  description = "The Kafka cluster, as the module transport gives it."
  type = object({
    cluster_arn = string
    brokers     = string
    cluster     = string
  })
}

variable "kafka_dead" {
  description = "Name of the queue that takes what a function gave up on, with Kafka."
  type        = string
  default     = null
}

variable "network" {
  description = "The subnets and the group in which functions run; null leaves them outside, which costs nothing and needs no endpoints."
  type = object({
    subnet_ids = list(string)
    group_id   = string
  })
  default = null
}

variable "reserved" {
  description = "How many of each function run at once at most, which also keeps room for them; null for an account whose quota has no room to keep."
  type        = number
  default     = null

  validation {
    condition     = var.reserved == null || try(var.reserved >= 2 && floor(var.reserved) == var.reserved, false)
    error_message = "At least two of each function."
  }
}

variable "log_groups" {
  description = "Names of log groups, by function."
  type        = map(string)
}

variable "sweep_minutes" {
  description = "How often the function sweep is called."
  type        = number

  validation {
    condition     = var.sweep_minutes >= 1 && var.sweep_minutes <= 60 && floor(var.sweep_minutes) == var.sweep_minutes
    error_message = "The sweep runs every 1 to 60 minutes."
  }
}

variable "long" {
  description = "Films longer than seconds are extracted and assembled on Batch, on Fargate: where, how large, and for how long at most."
  type = object({
    subnet_ids    = list(string)
    group_id      = string
    public        = bool
    vcpus         = optional(number, 4)
    memory_mb     = optional(number, 16384)
    scratch_gb    = optional(number, 100)
    at_once       = optional(number, 4)
    limit_seconds = optional(number, 14400)
    rights = object({
      reads      = optional(list(string), [])
      writes     = optional(list(string), [])
      deletes    = optional(list(string), [])
      lists      = optional(list(string), [])
      sends      = optional(list(string), [])
      counts     = optional(list(string), [])
      produces   = optional(list(string), [])
      topics     = optional(list(string), [])
      submits    = optional(map(string), {})
      parameters = optional(list(string), [])
    })
  })
}

variable "boundary" {
  description = "ARN of a permissions boundary that all roles get, or null."
  type        = string
  default     = null
}
