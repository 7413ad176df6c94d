variables {
  domain          = "chat.example.org"
  private_network = "10.80.0.0/24"
  machines = {
    "banter-1" = { public_address = "192.0.2.1", private_address = "10.80.0.10", is_gateway = true }
  }
}

run "a_machine_alone_talks_to_itself" {
  assert {
    condition = yamldecode(output.inventory) == {
      all = {
        vars = { banter_domain = "chat.example.org" }
        children = {
          nodes    = { hosts = { "banter-1" = { ansible_host = "192.0.2.1", ansible_user = "root" } } }
          gateways = { hosts = { "banter-1" = null } }
          data     = { hosts = { "banter-1" = null } }
        }
      }
    }
    error_message = "Not the inventory of one machine: ${output.inventory}"
  }
}

run "several_machines_talk_in_their_private_network" {
  variables {
    user = "admin"
    machines = {
      "banter-1" = { public_address = "192.0.2.1", private_address = "10.80.0.10", is_gateway = true }
      "banter-2" = { public_address = "192.0.2.2", private_address = "10.80.0.11", is_gateway = false }
    }
  }
  assert {
    condition     = yamldecode(output.inventory).all.vars.banter_private_network == "10.80.0.0/24"
    error_message = "The firewall of each machine has to know the others' network."
  }
  assert {
    condition = yamldecode(output.inventory).all.children.nodes.hosts["banter-2"] == {
      ansible_host = "192.0.2.2", ansible_user = "admin", banter_address = "10.80.0.11"
    }
    error_message = "The second machine is not reached as it should."
  }
  assert {
    condition     = keys(yamldecode(output.inventory).all.children.data.hosts) == ["banter-1"]
    error_message = "Database and Redis are on the first machine."
  }
}

run "two_gateways_are_refused" {
  command = plan
  variables {
    machines = {
      "banter-1" = { public_address = "192.0.2.1", private_address = "10.80.0.10", is_gateway = true }
      "banter-2" = { public_address = "192.0.2.2", private_address = "10.80.0.11", is_gateway = true }
    }
  }
  expect_failures = [var.machines]
}
