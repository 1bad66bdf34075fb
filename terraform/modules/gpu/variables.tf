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
  description = "The GPU image, by digest, in this account's registry."
  type        = string

  validation {
    condition     = can(regex("@sha256:[0-9a-f]{64}$", var.image))
    error_message = "The image is named by its digest: …@sha256: and 64 hexadecimal digits. A tag can change what it names."
  }
}

variable "instance_types" {
  description = "Machines with one NVIDIA card each and a disk of their own, in no order: Batch takes what is cheap and likely to stay."
  type        = list(string)

  validation {
    condition     = length(var.instance_types) >= 2
    error_message = "Give at least two instance types: a single one is often not to be had on Spot."
  }

  validation {
    condition     = alltrue([for type in var.instance_types : can(regex("^(g4dn|g5|g6|g6e|gr6|p4d|p5)[.][0-9]*x?large$", type))])
    error_message = "Workers run on g4dn, g5, g6, gr6, g6e, p4d or p5: x86 machines with NVIDIA cards and a disk of their own."
  }
}

variable "at_once" {
  description = "How many workers run at once at most; this bounds what an hour can cost."
  type        = number

  validation {
    condition     = var.at_once >= 1 && var.at_once <= 64 && floor(var.at_once) == var.at_once
    error_message = "One to 64 workers."
  }
}

variable "worker" {
  description = "What one worker asks for of its machine, how long it waits for more work, and how long it may run."
  type = object({
    vcpus         = optional(number, 4)
    memory_mb     = optional(number, 14000)
    idle_seconds  = optional(number, 60)
    limit_seconds = optional(number, 14400)
    attempts      = optional(number, 5)
  })
  default = {}

  validation {
    condition     = var.worker.idle_seconds >= 10 && var.worker.idle_seconds <= 900
    error_message = "A worker waits 10 s to 15 min for more work: it is paid while it waits."
  }

  validation {
    condition     = var.worker.limit_seconds >= 600 && var.worker.limit_seconds <= 86400
    error_message = "A worker runs 10 min to a day at most."
  }

  validation {
    condition     = var.worker.attempts >= 1 && var.worker.attempts <= 10
    error_message = "Batch tries a job one to ten times."
  }
}

variable "environment" {
  description = "Variables of the worker."
  type        = map(string)
}

variable "network" {
  description = "The subnets and the group in which workers run."
  type = object({
    subnet_ids = list(string)
    group_id   = string
  })
}

variable "log_group" {
  description = "Name of the workers' log group."
  type        = string
}

variable "facts" {
  description = "How a worker tells what it did: queues that it sends to, or topics of a cluster (NAME/ID as policies write it) that it produces to."
  type = object({
    sends    = list(string)
    produces = list(string)
    cluster  = string
  })
}

variable "boundary" {
  description = "ARN of a permissions boundary that all roles get, or null."
  type        = string
  default     = null
}
