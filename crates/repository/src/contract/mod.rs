//! The battery that every adapter and its twin must pass: on memory, on SQLite, and on the MySQL
//! or MariaDB server that `BANTER_TEST_MYSQL_DSN` names.

/// Runs tests over a database of their own on SQLite, and on MariaDB where there is one.
macro_rules! on_both {
    ($($name:ident),* $(,)?) => {
        mod on_sqlite {
            $(#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $name() {
                super::$name(super::sqlite().await).await;
            })*
        }
        mod on_mysql {
            $(#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $name() {
                if let Some(database) = super::mysql().await {
                    super::$name(database).await;
                }
            })*
        }
    };
}

mod build;
mod friend;
mod grounds;
mod heads;
mod invitation;
mod member;
mod message;
mod news;
mod plan;
mod preference;
mod reaction;
mod room;
mod room_log;
mod schema;
mod search;
mod search_filter;
mod sequence;
mod session;
mod standstill;
mod upload;
mod user;
mod world;

use world::World;

/// Makes a test of each function for each backend.
macro_rules! battery {
    ($($file:ident { $($name:ident),* $(,)? })*) => {
        mod on_memory {
            $(mod $file { $(
                #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
                async fn $name() {
                    let world = super::super::World::memory();
                    super::super::super::$file::$name(&world).await;
                }
            )* })*
        }
        mod on_sqlite {
            $(mod $file { $(
                #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
                async fn $name() {
                    let world = super::super::World::sqlite().await;
                    super::super::super::$file::$name(&world).await;
                }
            )* })*
        }
        mod on_mysql {
            $(mod $file { $(
                #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
                async fn $name() {
                    if let Some(world) = super::super::World::mysql().await {
                        super::super::super::$file::$name(&world).await;
                    }
                }
            )* })*
        }
    };
}

mod backends {
    use super::World;

    battery! {
        user {
            the_first_account_is_admin_and_no_later_one,
            only_one_of_many_first_accounts_becomes_admin,
            a_new_account_is_in_the_lobby_with_nothing_unread,
            names_and_addresses_are_unique_without_regard_to_case_and_width,
            an_address_of_any_spelling_can_be_stored_and_found,
            credentials_are_found_by_address_name_and_id,
            people_are_found_by_id_name_prefix_and_address,
            a_profile_changes_only_where_it_was_asked_to,
            somebody_always_stays_admin,
            the_last_visit_is_remembered,
        }
        news {
            rooms_that_moved_are_found,
            membership_changes_are_told_in_their_order,
            ended_sessions_are_told_from_live_ones,
        }
        session {
            a_session_is_stored_and_found,
            what_an_account_may_do_is_told_as_it_stands,
            a_session_rotates_once_for_each_generation,
            dead_sessions_do_not_rotate,
            live_sessions_are_listed_last_used_first,
            the_sessions_used_least_lately_end_where_there_are_too_many,
            sessions_that_ended_long_ago_are_forgotten,
            a_new_password_ends_all_sessions_but_one,
            nobody_signs_in_with_a_password_that_was_changed_meanwhile,
        }
        friend {
            a_pair_has_one_room_for_ever,
            both_sides_befriend_at_once_and_get_one_room,
            the_end_of_a_friendship_makes_the_room_read_only_until_the_next,
            friends_come_in_pages,
            strangers_to_the_database_cannot_be_friends,
        }
        room {
            a_new_room_has_its_people_in_their_strongest_roles,
            the_lobby_is_made_once,
            rooms_are_listed_newest_activity_first_in_pages,
            open_rooms_are_found_by_any_part_of_their_name,
            open_rooms_come_in_pages_and_tell_who_is_in,
            a_deleted_room_leaves_nothing_but_its_uploads_to_tidy,
        }
        heads {
            heads_count_what_others_wrote_and_did_not_take_back,
            heads_count_what_mentions_the_member,
            heads_of_several_people_differ,
            heads_of_many_rooms_come_at_once,
            a_read_mark_moves_only_forward_and_not_past_the_end,
            read_marks_of_several_devices_end_at_the_furthest,
        }
        member {
            members_come_in_pages_by_rising_id,
            leading_members_are_all_leaders_and_the_first_others,
            memberships_are_told_among_given_people,
            added_people_have_read_everything_so_far,
            weaker_roles_are_raised_and_stronger_ones_kept,
            a_removed_member_cannot_write_in_the_same_batch,
            a_creator_hands_over_only_once,
            a_room_changes_its_name_picture_and_policy,
        }
        grounds {
            a_change_is_made_while_its_grounds_hold,
            grounds_are_looked_at_in_the_order_of_a_batch,
            a_room_is_deleted_by_who_still_may,
            a_repeated_draft_shows_nothing_of_a_room_that_one_has_left,
        }
        message {
            history_pages_in_all_directions,
            every_content_survives_storing,
            changes_are_found_by_rev,
            the_newest_message_of_each_room_is_found,
        }
        room_log {
            a_message_takes_the_next_seq_and_rev,
            refused_drafts_leave_no_hole,
            a_repeated_draft_gives_the_first_message_as_it_stands_now,
            client_ids_are_compared_to_the_last_space,
            one_batch_stores_a_client_id_once,
            a_read_only_room_takes_nothing_new_but_gives_repeats,
            a_reply_stays_in_its_room,
            an_edit_changes_words_and_takes_a_rev,
            a_recall_wipes_the_message_for_good,
            notices_cannot_be_edited_recalled_or_reacted_to,
            a_batch_keeps_the_order_within_a_room,
            a_message_moves_its_room_to_the_front,
            an_empty_batch_has_no_answers,
            a_poisoned_change_fails_alone,
        }
        reaction {
            reactions_stand_in_the_order_in_which_they_came,
            a_reaction_is_set_and_taken_away_once,
            a_message_has_a_limit_of_different_reactions,
            only_members_react_and_only_to_what_is_there,
        }
        sequence {
            many_writers_leave_no_hole_and_no_double,
            one_client_id_sent_in_parallel_is_stored_once,
            one_client_id_sent_to_two_rooms_at_once_is_stored_once,
            batches_over_crossing_rooms_do_not_block_each_other,
            one_upload_sent_in_parallel_is_sent_once,
        }
        search {
            substrings_of_any_script_and_length_are_found,
            no_character_of_a_query_has_a_meaning,
            case_width_and_accents_do_not_matter,
            captions_and_file_names_are_found,
            only_rooms_of_the_searcher_are_searched,
            recalled_messages_and_notices_are_never_found,
            edited_messages_are_found_by_their_new_words_only,
            hits_come_newest_first_in_pages,
            a_large_batch_is_found_at_once,
        }
        search_filter {
            every_filter_leaves_only_what_it_names,
            filters_narrow_a_query_and_each_other,
            filtered_hits_come_newest_first_in_pages,
            moments_bound_a_search_to_the_millisecond,
            marks_follow_edits_recalls_and_rooms,
        }
        preference {
            preferences_come_in_pages_by_rising_key,
            the_last_writer_of_a_preference_wins,
            a_removed_preference_is_not_brought_back,
            one_preference_set_in_parallel_keeps_the_newest,
            nobody_has_more_preferences_than_the_limit,
        }
        invitation {
            an_invitation_is_found_by_its_code_until_it_is_taken_back,
            invitations_that_hold_are_listed_newest_first,
            a_room_has_a_limited_number_of_invitations,
            the_last_use_of_an_invitation_has_one_winner,
            an_account_without_its_invitation_is_not_made,
            who_is_in_already_uses_nothing_up,
            invitations_go_with_their_room,
        }
        upload {
            an_upload_is_found_by_file_and_thumbnail,
            a_pending_upload_is_completed_once,
            an_upload_is_readable_by_members_of_its_room_only,
            an_upload_is_sent_once_by_its_owner_only,
            unused_uploads_expire_and_are_forgotten,
            the_files_of_a_person_stay_within_the_quota,
            a_picture_goes_with_the_last_one_who_has_it,
            a_recalled_message_gives_up_its_upload,
        }
    }
}
