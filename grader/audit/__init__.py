"""Is an assignment fit for students: what its checks catch, whom they wrongly fail, how long they take."""
