# Machines at Vultr. The API key is in VULTR_API_KEY; the state stays out of the repository (backend.tf.example).

terraform {
  required_version = ">= 1.9"
  required_providers {
    vultr = {
      source  = "vultr/vultr"
      version = "~> 2.27"
    }
  }
}

provider "vultr" {
  rate_limit  = 500
  retry_limit = 3
}

locals {
  region = var.region == "" ? "fra" : var.region
  size   = var.size == "" ? "vc2-2c-4gb" : var.size
  user   = "root"

  made = {
    for name, machine in module.service.machines : name => {
      public_address  = vultr_instance.machine[name].main_ip
      private_address = vultr_instance.machine[name].internal_ip
      is_gateway      = machine.is_gateway
    }
  }
  gateway = one([for machine in values(local.made) : machine if machine.is_gateway])
}

data "vultr_os" "debian" {
  filter {
    name   = "name"
    values = ["Debian 12 x64 (bookworm)"]
  }
}

resource "vultr_ssh_key" "first" {
  name    = var.name
  ssh_key = var.ssh_key
}

resource "vultr_vpc" "inside" {
  region         = local.region
  description    = var.name
  v4_subnet      = split("/", var.private_network)[0]
  v4_subnet_mask = tonumber(split("/", var.private_network)[1])
}

resource "vultr_firewall_group" "outside" {
  description = var.name
}

resource "vultr_firewall_rule" "open" {
  for_each = { for rule in module.service.rules : "${rule.port} from ${rule.source}" => rule }

  firewall_group_id = vultr_firewall_group.outside.id
  protocol          = "tcp"
  ip_type           = strcontains(each.value.source, ":") ? "v6" : "v4"
  subnet            = split("/", each.value.source)[0]
  subnet_size       = tonumber(split("/", each.value.source)[1])
  port              = tostring(each.value.port)
  notes             = each.value.note
}

resource "vultr_instance" "machine" {
  for_each = module.service.machines

  label             = each.key
  hostname          = each.key
  region            = local.region
  plan              = local.size
  os_id             = data.vultr_os.debian.id
  ssh_key_ids       = [vultr_ssh_key.first.id]
  firewall_group_id = vultr_firewall_group.outside.id
  vpc_ids           = [vultr_vpc.inside.id]
  enable_ipv6       = true
  activation_email  = false
  backups           = "disabled"

  lifecycle {
    # A newer image is no reason to lose what is stored on this one.
    ignore_changes = [os_id, ssh_key_ids]
  }
}

resource "vultr_dns_record" "gateway" {
  count = module.service.record == null ? 0 : 1

  domain = var.zone
  name   = module.service.record == "@" ? "" : module.service.record
  type   = "A"
  data   = local.gateway.public_address
  ttl    = 300
}
