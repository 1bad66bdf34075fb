# USD in us-east-1, as listed in 2026 and without free tiers. They change: the bill is right, this is a guide.
locals {
  hours = 730

  gpu_list = {
    "g4dn.xlarge" = { on_demand = 0.526, spot = 0.21 }
    "g5.xlarge"   = { on_demand = 1.006, spot = 0.45 }
    "g5.2xlarge"  = { on_demand = 1.212, spot = 0.55 }
    "g6.xlarge"   = { on_demand = 0.8048, spot = 0.38 }
    "g6.2xlarge"  = { on_demand = 0.9776, spot = 0.45 }
    "g6e.xlarge"  = { on_demand = 1.861, spot = 1.06 }
    "g6e.2xlarge" = { on_demand = 2.242, spot = 1.25 }
    "p5.4xlarge"  = { on_demand = 6.88, spot = 2.5 }
  }
  gpu_prices = merge(local.gpu_list, var.gpu_prices)

  # The dearest of the configured types, so that an estimate made with it is an upper bound.
  gpu_usd_per_second = { for kind in ["on_demand", "spot"] : kind =>
    ceil(max([for type in var.gpu.instance_types : try(local.gpu_prices[type][kind], 0)]...) / 3600 * 1000000) / 1000000
  }

  # Dense half-precision TFLOP/s as listed. What networks reach of them was not measured on these cards; 15 % is meant to be less.
  gpu_tflops = {
    "g4dn.xlarge" = 65
    "g5.xlarge"   = 70
    "g5.2xlarge"  = 70
    "g6.xlarge"   = 121
    "g6.2xlarge"  = 121
    "g6e.xlarge"  = 362
    "g6e.2xlarge" = 362
    "p5.4xlarge"  = 989
  }

  # The slowest of the configured types, for the same reason.
  gpu_gflops = min([for type in var.gpu.instance_types : try(local.gpu_tflops[type], 65)]...) * 150

  pollers = length(flatten([for function in values(local.functions) : keys(try(function.takes, {}))]))
  sweeps  = local.hours * 60 / var.sweep_minutes

  idle = {
    key       = 1
    alarms    = 0.1 * module.observability.alarms
    endpoints = 7.3 * module.network.endpoints
    brokers = (
      var.transport != "kafka" ? 0 :
      var.kafka.make == "provisioned" ? 2 * (0.0456 * local.hours + 0.1 * var.kafka.storage_gb) :
      var.kafka.make == "serverless" ? local.hours * (0.75 + 0.0015 * var.kafka.partitions) : 0
    )
    # Lambda asks each queue fifteen times a minute; a sweep lists four times and takes two seconds.
    polling = local.runs ? local.pollers * local.hours * 60 * 15 * 0.0000004 : 0
    sweep   = local.runs ? local.sweeps * (2 * 0.0000166667 + 4 * 0.000005 + 0.0000002) : 0
    # Six GB of images in the registry.
    images = local.runs ? 6 * 0.1 : 0
  }
}

check "prices_are_known" {
  assert {
    condition     = alltrue([for type in var.gpu.instance_types : contains(keys(local.gpu_prices), type)])
    error_message = "There is no price for some of gpu.instance_types; give gpu_prices, or estimates and maxCost will be too low."
  }
}
