# What every provider is told in the same words: machines, what the firewall lets in, the record. No provider is
# needed to know it, so it is tested without one.

terraform {
  required_version = ">= 1.9"
}

locals {
  # The first ten addresses are the provider's.
  machines = {
    for index in range(var.machines) : "${var.name}-${index + 1}" => {
      private_address = cidrhost(var.private_network, 10 + index)
      is_gateway      = index == 0
    }
  }

  # To the world: SSH from known networks, and the gateway's two ports. Everything else stays in the private network.
  rules = concat(
    [for source in var.ssh_sources : { port = 22, source = source, note = "SSH" }],
    [
      for rule in setproduct([{ port = 80, note = "the way to TLS" }, { port = 443, note = "TLS" }], ["0.0.0.0/0", "::/0"]) :
      { port = rule[0].port, source = rule[1], note = rule[0].note }
    ],
  )

  # The record's name within its zone; the zone itself is @.
  record = var.zone == "" ? null : var.domain == var.zone ? "@" : trimsuffix(var.domain, ".${var.zone}")
}
