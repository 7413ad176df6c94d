variables {
  domain      = "chat.example.org"
  zone        = "example.org"
  ssh_sources = ["203.0.113.7/32", "2001:db8::/64"]
}

run "one_machine_is_everything" {
  assert {
    condition     = output.machines == { "banter-1" = { private_address = "10.80.0.10", is_gateway = true } }
    error_message = "One machine, which is the gateway."
  }
  assert {
    condition     = output.record == "chat"
    error_message = "The record's name is what stands before the zone."
  }
}

run "nothing_but_ssh_and_the_gateway_is_open" {
  assert {
    condition = toset([for rule in output.rules : "${rule.port} ${rule.source}"]) == toset([
      "22 203.0.113.7/32", "22 2001:db8::/64", "80 0.0.0.0/0", "80 ::/0", "443 0.0.0.0/0", "443 ::/0",
    ])
    error_message = "Other ports than these are open, or one is missing."
  }
}

run "several_machines_have_one_gateway" {
  variables {
    machines = 3
  }
  assert {
    condition     = [for name, machine in output.machines : name if machine.is_gateway] == ["banter-1"]
    error_message = "The first one is the gateway, and only it."
  }
  assert {
    condition     = length(distinct([for machine in values(output.machines) : machine.private_address])) == 3
    error_message = "Each has an address of its own."
  }
}

run "the_zone_itself_is_its_apex" {
  variables {
    domain = "example.org"
  }
  assert {
    condition     = output.record == "@"
    error_message = "The zone's own name is @."
  }
}

run "without_a_zone_there_is_no_record" {
  variables {
    zone = ""
  }
  assert {
    condition     = output.record == null
    error_message = "Nothing to make."
  }
}

run "a_domain_of_another_zone_is_refused" {
  command = plan
  variables {
    domain = "chat.notexample.org"
  }
  expect_failures = [var.zone]
}

run "no_machine_and_no_network_are_refused" {
  command = plan
  variables {
    machines    = 0
    ssh_sources = []
  }
  expect_failures = [var.machines, var.ssh_sources]
}
